"""Stories of claims on their way. Each function is one story: what happens, and how long it takes.

``yield 3`` lets three days pass until staff go on, ``yield home(3)`` until the cardholder does.
"""

from __future__ import annotations

from config.demo.case import Case
from config.demo.timeline import Steps, home
from disputes import services
from tickets import services as tickets


def filed(case: Case) -> Steps:
    """It came in, and nobody has looked yet."""
    case.file()
    yield home(0)


def phoned_in(case: Case) -> Steps:
    """Told to customer service on the telephone, typed in for the cardholder."""
    case.file(source="phone")
    yield 0
    case.note()


def acknowledged(case: Case) -> Steps:
    """In, and acknowledged in writing."""
    case.file()
    yield 1
    take(case)


def opened(case: Case, *, items: int = 1, credit: bool = True, days_before: int = 20) -> Steps:
    """The way most claims begin: acknowledged, taken up, the money lent."""
    case.file(items=items, days_before=days_before)
    yield 1
    take(case)
    yield 2
    case.do(services.investigate)
    if credit:
        for item in range(1, items + 1):
            case.do(services.grant_credit, item=item)


def under_investigation(case: Case) -> Steps:
    """Somebody works on it; the cardholder asks for news."""
    yield from opened(case, credit=case.chance.random() < 0.5)
    yield 1
    case.note()
    yield home(2)
    case.hear("chaser")


def evidence_awaited(case: Case) -> Steps:
    """Something is missing and was asked for; the answer is still to come."""
    yield from opened(case, credit=False)
    yield 1
    ask(case)


def own_error_waits(case: Case) -> Steps:
    """Somebody compares the books."""
    yield from opened(case, credit=False)
    yield 2
    case.note()


def approval_waits(case: Case) -> Steps:
    """Above the limit: proposed, and the lead has not looked yet."""
    yield from opened(case)


def sent_back(case: Case) -> Steps:
    """The lead sends a proposal back; it is worked on again."""
    yield from opened(case)
    yield 1
    case.do(services.reject, by=case.lead)
    yield 2
    case.note()


def thought_again(case: Case) -> Steps:
    """The proposer takes the proposal back before anybody has looked."""
    yield from opened(case)
    yield 0
    case.do(services.recall)
    yield 1
    case.do(services.grant_credit, item=1, minor=10_000)


def withdrawn(case: Case) -> Steps:
    """The cardholder remembers the charge; it counts after some days."""
    yield from opened(case, credit=case.chance.random() < 0.4)
    yield home(3)
    cause = case.chance.choice(["recognised_charge", "family_member", "filed_by_mistake"])
    case.do(services.withdraw, by=case.cardholder, cause=cause)


def withdrawal_undone(case: Case) -> Steps:
    """Withdrawn, and asked for again the next day: nothing was lost."""
    yield from opened(case)
    yield home(2)
    case.do(services.withdraw, by=case.cardholder, cause="merchant_promised")
    yield home(1)
    case.do(services.undo_withdrawal, by=case.cardholder)


def pressed_to_withdraw(case: Case) -> Steps:
    """A cause that somebody should look at before it counts."""
    yield from opened(case)
    yield home(2)
    case.do(services.withdraw, by=case.cardholder, cause="asked_by_merchant")


def reversal_stopped(case: Case) -> Steps:
    """A credit was to be taken back; a new document stops that in time."""
    yield from opened(case)
    yield 5
    case.do(services.announce_reversal, item=1)
    yield home(2)
    case.hear("reply", with_file=True)
    yield 1
    case.do(services.stop_reversal, item=1)


def reversal_runs(case: Case) -> Steps:
    """The day on which a credit is taken back has been announced."""
    yield from opened(case)
    yield 3
    case.do(services.announce_reversal, item=1)


def neglected(case: Case) -> Steps:
    """It lies too long, and the dates say so."""
    case.file()
    yield home(20)
    case.hear("chaser")


def neglected_in_work(case: Case) -> Steps:
    """Taken up and then forgotten."""
    yield from opened(case)
    yield home(30)
    case.hear("chaser")


def filed_twice(case: Case) -> Steps:
    """The same matter in two cases, which are marked as one."""
    case.file()
    first = case.ticket
    yield home(2)
    case.file()
    yield 1
    case.on_ticket(tickets.mark_duplicate, of=first)


def take(case: Case) -> None:
    """Somebody makes it theirs, and says in writing that it is here."""
    case.on_ticket(tickets.take)
    case.do(services.acknowledge)


def ask(case: Case) -> None:
    """Two papers are missing."""
    wanted = case.chance.sample(["receipt", "order_confirmation", "merchant_contact_record"], 2)
    case.do(services.ask_cardholder, evidence=wanted, text=case.say("question"))
