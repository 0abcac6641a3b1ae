"""Regulation F, 12 CFR 1006.34 and 1006.38: the validation notice, and disputes of the debt."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law import calendars
from law.calendars import Calendar, NoCalendar
from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace
from law.us.reg_f import BASELINE, BASELINE_ZH, IN_FORCE

LEGAL_HOLIDAYS = "US-6103"  # the holidays' own dates, whatever the issuer's calendar


def _calendar(trace: Trace) -> Calendar:
    try:
        given = trace.calendar
    except NoCalendar:
        return calendars.named(LEGAL_HOLIDAYS)
    return given if given.id == LEGAL_HOLIDAYS else calendars.named(LEGAL_HOLIDAYS)


def validation_period(facts: Facts, trace: Trace) -> Term:
    """1006.34(b)(5): 30 days after the notice is received, or assumed to be.

    Assumed: 5 days after sending, without Saturdays, Sundays and holidays of 5 USC 6103(a).
    """
    sent = trace.start(facts.day("validation_sent_on"), "validation notice sent", "核实通知发出")
    assumed = calendars.add_business_days(_calendar(trace), sent, 5)
    trace.say(f"receipt is assumed on {assumed}", f"推定于{assumed}收到")
    return Term(trace.days(assumed, 30), found={"assumed_receipt": assumed})


def _in_period(facts: Facts) -> bool:
    """1006.38(d)(2): a dispute after the validation period stops nothing.

    One that came before the notice, or while its day is not known, is taken as in time.
    """
    if not facts.has("validation_sent_on"):
        return True
    last = validation_period(facts, Trace()).due_on
    return last is None or facts.day("written_dispute_received") <= last


def disputed(facts: Facts, trace: Trace) -> Term:
    """1006.38(d)(2): no collection of a disputed debt until verification is sent."""
    trace.start(facts.day("written_dispute_received"), "written dispute received", "收到书面异议")
    sent: date | None = facts.day_or_none("verification_sent_on")
    if sent is None:
        trace.say("no end until verification is sent", "在核实材料发出之前，没有截止日")
        return Term()
    trace.say(f"verification sent {sent}", f"核实材料于{sent}发出")
    return Term(sent - timedelta(1), first_allowed_on=sent)


_rule = partial(Rule, severity="statutory", confidence="high", in_force=(IN_FORCE, None))

RULES = (
    _rule(
        id="US-REGF-34-INITIAL-5D", key="validation_notice", starts="initial_communication_on",
        due=after("days", 5, "initial_communication_on",
                  said=("initial communication", "首次联系")),
        citation="12 CFR 1006.34(a)(1)(i)(B)", binds="collector", kinds=("account",),
        ends=("notice.validation_sent",),
        name_en="Send the validation notice", name_zh="寄送债务核实通知",
        text="Validation information is sent within 5 days of the initial communication, unless "
        "it was in it." + BASELINE,
        text_zh="首次联系后5日内寄送债务核实信息，首次联系已载明的除外。" + BASELINE_ZH,
    ),
    _rule(
        id="US-REGF-34-VALIDATION-30D", key="validation_period", starts="validation_sent_on",
        due=validation_period, citation="12 CFR 1006.34(b)(5)", binds="customer",
        kinds=("account",), nature="window", ends=("debt.dispute",),
        name_en="Validation period", name_zh="债务核实期",
        text="The consumer may dispute the debt until 30 days after the notice is received, or "
        "assumed received 5 business days after sending." + BASELINE,
        text_zh="消费者可在收到（或推定寄出5个营业日后收到）通知后30日内提出异议。" + BASELINE_ZH,
    ),
    _rule(
        id="US-REGF-38-DISPUTE", key="disputed_debt", starts="written_dispute_received",
        due=disputed, when=_in_period, binds="collector",
        citation="12 CFR 1006.38(c)-(d); 15 USC 1692g(b)",
        kinds=("contact",), nature="prohibition", ended_by="verification_sent_on",
        in_force=(None, None), forbids=("collect",),
        name_en="No collection of a disputed debt", name_zh="异议债务不得催收",
        text="After a written dispute in the validation period the debt is not collected until "
        "verification is sent." + BASELINE,
        text_zh="核实期内收到书面异议的，核实材料发出前不得催收。" + BASELINE_ZH,
    ),
)  # fmt: skip
