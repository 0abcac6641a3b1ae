"""Stories of claims. Each function is one story: what happens, and how long people take.

``yield 3`` lets three days pass until staff go on, ``yield home(3)`` until the cardholder does.
"""

from __future__ import annotations

from datetime import timedelta

from config.demo import people
from config.demo.case import Case
from config.demo.timeline import Steps, home
from disputes import services
from tickets import services as tickets
from tickets import tasks
from tickets.departments import COLLECTIONS, CUSTOMER_SERVICE, FINANCE


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
    _take(case)


def opened(case: Case, *, items: int = 1, credit: bool = True, days_before: int = 20) -> Steps:
    """The way most claims begin: acknowledged, taken up, the money lent."""
    case.file(items=items, days_before=days_before)
    yield 1
    _take(case)
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


def several_charges(case: Case) -> Steps:
    """Fraud seldom comes alone: three charges in one claim."""
    yield from opened(case, items=3)
    yield 9
    case.do(services.resolve, answer=case.answer("won", words="won"))


def small_amount(case: Case) -> Steps:
    """Too little to argue about: credited at once, by policy."""
    case.file()
    yield home(0)


def evidence_sent(case: Case) -> Steps:
    """Something is missing, is asked for, and comes with a file."""
    yield from opened(case)
    yield 1
    _ask(case)
    yield home(4)
    case.hear("reply", with_file=True)
    yield 6
    case.do(services.resolve, answer=case.answer("won"))


def evidence_awaited(case: Case) -> Steps:
    """Something is missing and was asked for; the answer is still to come."""
    yield from opened(case, credit=False)
    yield 1
    _ask(case)


def evidence_never_sent(case: Case) -> Steps:
    """Nobody answers: the work goes on with what there is, and silence denies nothing."""
    yield from opened(case, credit=False)
    yield 1
    _ask(case)
    yield 17
    case.note()
    yield 3
    case.do(services.resolve, answer=case.answer("won"))


def denied(case: Case) -> Steps:
    """Looked into and not upheld; what was lent is taken back on the day announced."""
    yield from opened(case)
    yield 12
    case.do(services.resolve, answer=case.answer("lost", grounds="authorised_by_customer"))


def partly_upheld(case: Case) -> Steps:
    """A part of it was in order."""
    yield from opened(case)
    yield 11
    case.do(
        services.resolve,
        answer=case.answer("partly_won", grounds="correct_amount", part=case.chance.randint(3, 7)),
    )


def merchant_refunded(case: Case) -> Steps:
    """The merchant gives the money back while we still look."""
    yield from opened(case, credit=False)
    yield 6
    item = case.dispute.items.select_related("transaction").get()
    charge = item.transaction
    people.bring(
        "transaction",
        **people.purchase(
            {"external_ref": case.account.external_ref, "currency": charge.currency},
            f"{charge.external_ref}-refund", case.today,
            merchant=(charge.merchant_name, charge.mcc, charge.country),
            minor=-item.disputed_minor,
        ),
    )  # fmt: skip
    yield 1
    case.do(services.resolve, answer=case.answer("merchant_credited"))


def own_error(case: Case) -> Steps:
    """Our own books were wrong, and are put right."""
    yield from opened(case, credit=False)
    yield 4
    case.do(services.resolve, answer=case.answer("corrected"))


def own_error_waits(case: Case) -> Steps:
    """Somebody compares the books."""
    yield from opened(case, credit=False)
    yield 2
    case.note()


def written_off(case: Case) -> Steps:
    """Not worth asking the network for."""
    yield from opened(case)
    yield 5
    case.do(services.resolve, answer=case.answer("written_off"))


def not_a_dispute(case: Case) -> Steps:
    """No error that the law knows: that needs a second person, and a lead looks."""
    yield from opened(case, credit=False)
    yield 3
    case.do(services.resolve, answer=case.answer("invalid"))
    yield 1
    case.do(services.approve, by=case.lead)


def large_credit(case: Case) -> Steps:
    """Above the limit: the credit and the decision each wait for a second person."""
    yield from opened(case)
    yield 1
    case.do(services.approve, by=case.lead)
    yield 8
    case.do(services.resolve, answer=case.answer("won"))
    yield 1
    case.do(services.approve, by=case.lead)


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


def decided_just_now(case: Case) -> Steps:
    """Decided; the letter is still to leave."""
    yield from opened(case)
    yield 4
    case.do(services.resolve, answer=case.answer("won"))


def unreachable(case: Case) -> Steps:
    """Decided, and there is no address to tell it to: it stays until somebody finds one."""
    people.bring(
        "cardholder", external_ref=case.holder.external_ref, email="", postal_address="", phone=""
    )
    yield from opened(case, credit=False)
    yield 4
    case.do(services.resolve, answer=case.answer("won"))


def decision_stopped(case: Case) -> Steps:
    """The lead stops a decision before its letter leaves."""
    yield from opened(case, credit=False)
    yield 3
    case.do(services.resolve, answer=case.answer("lost", grounds="as_described"))
    # Before the next letters leave, that is: the timeline must not come in between.
    case.at += timedelta(minutes=12)
    case.do(services.stop, by=case.lead, because="The slip belongs to another case.")


def asserted_again(case: Case) -> Steps:
    """Denied, objected to with something new, and looked at once more."""
    yield from denied(case)
    yield home(9)
    case.do(services.reassert, by=case.cardholder, because=case.say("again"))
    yield 2
    case.note()


def asserted_again_and_won(case: Case) -> Steps:
    """The second look finds the cardholder right."""
    yield from asserted_again(case)
    yield 6
    case.do(services.resolve, answer=case.answer("won"))


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


def department_answered(case: Case) -> Steps:
    """A question to customer service, and its answer; the owner never changes."""
    yield from opened(case)
    yield 1
    task = case.on_ticket(
        tasks.ask, department=CUSTOMER_SERVICE, question=case.say("task", to="desk")
    )
    yield 1
    tasks.answer(task, actor=case.front, at=case.at, text=case.say("task_answer", to="desk"))
    yield 4
    case.do(services.resolve, answer=case.answer("won"))


def department_silent(case: Case) -> Steps:
    """A question to collections that nobody has answered."""
    yield from opened(case, credit=False)
    yield 1
    case.on_ticket(tasks.ask, department=COLLECTIONS, question=case.say("task", to="desk"))


def department_returns(case: Case) -> Steps:
    """The question comes back: it was for somebody else."""
    yield from opened(case, credit=False)
    yield 1
    task = case.on_ticket(
        tasks.ask, department=CUSTOMER_SERVICE, question=case.say("task", to="desk")
    )
    yield 1
    tasks.give_back(task, actor=case.front, at=case.at, text=case.say("task_back", to="desk"))


def handed_over(case: Case) -> Steps:
    """Began as a question about a name and became a money claim."""
    case.file()
    yield 1
    _hand_over(case, CUSTOMER_SERVICE)
    yield 2
    _hand_over(case, FINANCE)


def with_collections(case: Case) -> Steps:
    """The account is overdue: whoever speaks with the cardholder anyway takes this over too."""
    case.file()
    yield 1
    _hand_over(case, COLLECTIONS)


def handed_round(case: Case) -> Steps:
    """Three hand-overs: the lead is told."""
    yield from handed_over(case)
    yield 2
    _hand_over(case, CUSTOMER_SERVICE)


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


def notice_too_late(case: Case) -> Steps:
    """The notice came after the law's sixty days: accepted, and marked."""
    yield from opened(case, credit=False, days_before=110)
    yield 7
    case.do(services.resolve, answer=case.answer("written_off"))


def filed_twice(case: Case) -> Steps:
    """The same matter in two cases, which are marked as one."""
    case.file()
    first = case.ticket
    yield home(2)
    case.file()
    yield 1
    case.on_ticket(tickets.mark_duplicate, of=first)


def _take(case: Case) -> None:
    case.on_ticket(tickets.take)
    case.do(services.acknowledge)


def _ask(case: Case) -> None:
    wanted = case.chance.sample(["receipt", "order_confirmation", "merchant_contact_record"], 2)
    case.do(services.ask_cardholder, evidence=wanted, text=case.say("question"))


def _hand_over(case: Case, to: str) -> None:
    by = case.front if to == FINANCE else case.clerk
    words = case.say("handover", to="desk")
    case.on_ticket(tickets.reroute, by=by, to=to, because="The matter changed", summary=words)
