"""Stories that end in a decision, and what comes after one."""

from __future__ import annotations

from datetime import timedelta

from config.demo import people
from config.demo.case import Case
from config.demo.claims import ask, opened
from config.demo.timeline import Steps, home
from config.demo.verdict import answer
from disputes import services


def several_charges(case: Case) -> Steps:
    """Fraud seldom comes alone: three charges in one claim."""
    yield from opened(case, items=3)
    yield 9
    case.do(services.resolve, answer=answer(case, "won"))


def small_amount(case: Case) -> Steps:
    """Too little to argue about: credited at once, by policy."""
    case.file()
    yield home(0)


def evidence_sent(case: Case) -> Steps:
    """Something is missing, is asked for, and comes with a file."""
    yield from opened(case)
    yield 1
    ask(case)
    yield home(4)
    case.hear("reply", with_file=True)
    yield 6
    case.do(services.resolve, answer=answer(case, "won"))


def evidence_never_sent(case: Case) -> Steps:
    """Nobody answers: the work goes on with what there is, and silence denies nothing."""
    yield from opened(case, credit=False)
    yield 1
    ask(case)
    yield 17
    case.note()
    yield 3
    case.do(services.resolve, answer=answer(case, "won"))


def denied(case: Case) -> Steps:
    """Looked into and not upheld; what was lent is taken back on the day announced."""
    yield from opened(case)
    yield 12
    case.do(services.resolve, answer=answer(case, "lost", grounds="authorised_by_customer"))


def partly_upheld(case: Case) -> Steps:
    """A part of it was in order."""
    yield from opened(case)
    yield 11
    case.do(
        services.resolve,
        answer=answer(case, "partly_won", grounds="correct_amount", part=case.chance.randint(3, 7)),
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
    case.do(services.resolve, answer=answer(case, "merchant_credited"))


def own_error(case: Case) -> Steps:
    """Our own books were wrong, and are put right."""
    yield from opened(case, credit=False)
    yield 4
    case.do(services.resolve, answer=answer(case, "corrected"))


def written_off(case: Case) -> Steps:
    """Not worth asking the network for."""
    yield from opened(case)
    yield 5
    case.do(services.resolve, answer=answer(case, "written_off"))


def notice_too_late(case: Case) -> Steps:
    """The notice came after the law's sixty days: accepted, and marked."""
    yield from opened(case, credit=False, days_before=110)
    yield 7
    case.do(services.resolve, answer=answer(case, "written_off"))


def not_a_dispute(case: Case) -> Steps:
    """No error that the law knows: that needs a second person, and a lead looks."""
    yield from opened(case, credit=False)
    yield 3
    case.do(services.resolve, answer=answer(case, "invalid"))
    yield 1
    case.do(services.approve, by=case.lead)


def large_credit(case: Case) -> Steps:
    """Above the limit: the credit and the decision each wait for a second person."""
    yield from opened(case)
    yield 1
    case.do(services.approve, by=case.lead)
    yield 8
    case.do(services.resolve, answer=answer(case, "won"))
    yield 1
    case.do(services.approve, by=case.lead)


def decided_just_now(case: Case) -> Steps:
    """Decided; the letter is still to leave."""
    yield from opened(case)
    yield 4
    case.do(services.resolve, answer=answer(case, "won"))


def unreachable(case: Case) -> Steps:
    """Decided, and there is no address to tell it to: it stays until somebody finds one."""
    people.bring(
        "cardholder", external_ref=case.holder.external_ref, email="", postal_address="", phone=""
    )
    yield from opened(case, credit=False)
    yield 4
    case.do(services.resolve, answer=answer(case, "won"))


def decision_stopped(case: Case) -> Steps:
    """The lead stops a decision before its letter leaves."""
    yield from opened(case, credit=False)
    yield 3
    case.do(services.resolve, answer=answer(case, "lost", grounds="as_described"))
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
    case.do(services.resolve, answer=answer(case, "won"))
