"""Stories of recovery: what goes to the card network, and what comes back.

The claim is answered whether or not the network has spoken.
"""

from __future__ import annotations

from datetime import date

from config.demo.case import Case
from config.demo.claims import opened
from config.demo.timeline import Steps, home
from config.demo.verdict import answer
from disputes import services
from disputes.services import recovery
from kernel.errors import NotNow


def prepared(case: Case) -> Steps:
    """The chargeback is written and not sent yet."""
    yield from opened(case)
    yield 1
    case.do(recovery.prepare, item=1, code=case.code)


def submitted(case: Case) -> Steps:
    """Sent; the merchant's bank has the move."""
    yield from prepared(case)
    yield 1
    yield from _sent(case)


def _sent(case: Case) -> Steps:
    """Send it as soon as the network's waiting time is over."""
    try:
        case.submit()
    except NotNow as refusal:
        yield date.fromisoformat(refusal.details["first_allowed_on"])
        case.submit()


def rejected_and_sent_again(case: Case) -> Steps:
    """A slip in the form: the network refuses it, we mend it."""
    yield from submitted(case)
    yield 2
    case.news("rejected", words=case.say("rejection", to="desk"))
    yield 1
    case.submit()


def won(case: Case) -> Steps:
    """The network gives the money back, then the claim is answered."""
    yield from submitted(case)
    yield 14
    case.news("won", amount_minor=case.leg.amount_minor)
    yield 1
    case.do(services.resolve, answer=answer(case, "won"))


def won_by_silence(case: Case) -> Steps:
    """Answered long before the network: the merchant's bank lets its time pass."""
    yield from submitted(case)
    yield 9
    case.do(services.resolve, answer=answer(case, "won"))


def won_in_part(case: Case) -> Steps:
    """Half comes back; the rest of what was granted is ours to bear."""
    yield from submitted(case)
    yield 8
    case.do(services.resolve, answer=answer(case, "won"))
    yield 10
    case.news("won", amount_minor=case.leg.amount_minor // 2)


def represented(case: Case) -> Steps:
    """The merchant answered; it is our turn."""
    yield from submitted(case)
    yield 10
    case.news("represented")


def accepted_their_answer(case: Case) -> Steps:
    """The merchant's proof is good: we give up, and the claim is not upheld."""
    yield from represented(case)
    yield 3
    case.on_leg(recovery.accept)
    yield 1
    case.do(services.resolve, answer=answer(case, "lost", grounds="merchant_proved_delivery"))


def lost_but_paid(case: Case) -> Steps:
    """The network gives nothing; by law the cardholder is right all the same."""
    yield from submitted(case)
    yield 9
    case.do(services.resolve, answer=answer(case, "won"))
    yield 8
    case.news("lost")


def insisted(case: Case) -> Steps:
    """We do not accept the merchant's answer."""
    yield from represented(case)
    yield 4
    case.on_leg(recovery.go_pre_arbitration)


def insisted_and_won(case: Case) -> Steps:
    """The merchant's bank gives in before arbitration."""
    yield from insisted(case)
    yield 9
    case.news("won", amount_minor=case.leg.amount_minor)
    yield 1
    case.do(services.resolve, answer=answer(case, "won"))


def attacked(case: Case) -> Steps:
    """An allocation dispute: the merchant's bank strikes back and we must answer."""
    yield from submitted(case)
    yield 12
    case.news("pre_arbitration")


def attacked_and_held(case: Case) -> Steps:
    """We decline; the merchant's bank lets its time to ask for a ruling pass."""
    yield from attacked(case)
    yield 5
    case.on_leg(recovery.answer_pre_arbitration)
    yield 2
    case.do(services.resolve, answer=answer(case, "won"))


def in_arbitration(case: Case) -> Steps:
    """Nobody gives in: the network is to rule."""
    yield from insisted(case)
    yield 6
    case.news("pre_arbitration_declined")
    yield 3
    case.on_leg(recovery.go_arbitration)


def ruled_for_us(case: Case) -> Steps:
    """The ruling is ours."""
    yield from in_arbitration(case)
    yield 2
    case.do(services.resolve, answer=answer(case, "won"))
    yield 10
    case.news("won", amount_minor=case.leg.amount_minor)


def ruled_against_us(case: Case) -> Steps:
    """The ruling goes against us after the claim was granted: we bear it."""
    yield from in_arbitration(case)
    yield 2
    case.do(services.resolve, answer=answer(case, "won"))
    yield 10
    case.news("lost")


def asked_back(case: Case) -> Steps:
    """The cardholder withdraws while the network works: it is asked to let go."""
    yield from submitted(case)
    yield home(2)
    case.do(services.withdraw, by=case.cardholder, cause="recognised_charge")


def let_go(case: Case) -> Steps:
    """The network lets go, and the withdrawal counts."""
    yield from asked_back(case)
    yield 1
    case.news("recall_accepted")


def not_let_go(case: Case) -> Steps:
    """The network does not let go: the claim cannot end so, and goes on."""
    yield from asked_back(case)
    yield 1
    case.news("recall_refused")


def news_nobody_knows(case: Case) -> Steps:
    """Words that we do not know, and news that came twice: kept for a person, never guessed."""
    yield from submitted(case)
    yield 3
    case.news("fee_collection_advice")
    yield 1
    case.news("recall_refused")
