"""Regulation Z, 12 CFR 1026.13(a)-(c): a billing-error notice, its acknowledgement and answer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law import cycles
from law.facts import Facts, MissingFact
from law.rule import Rule, Term
from law.trace import Trace
from law.us.accounts import on_credit
from law.verdicts import say_timely, timely

NOTICE_DAYS = 60
CAP_DAYS = 90
ENDED_BY = ("dispute.resolve", "dispute.withdraw")


def is_notice(facts: Facts) -> bool:
    """A billing-error notice, unless compliance found that it is none or it names no error."""
    kinds = facts.values.get("regz_kinds")
    stands = facts.values.get("notice_stands") is not False
    return stands and (kinds is None or bool(kinds)) and on_credit(facts)


def _window(trace: Trace, start: date, notice: date | None) -> Term:
    last = trace.days(start, NOTICE_DAYS)
    if notice is None:
        return Term(last)
    say_timely(trace, last, notice, "the notice came on", "通知收到日为")
    return Term(last, verdict=timely(last, notice))


def notice_window(facts: Facts, trace: Trace) -> Term:
    """1026.13(b)(1): received no later than 60 days after the first statement was transmitted.

    Transmitted, not closed; received, not mailed. A held statement counts from the day it was
    first made available (comment 13(b)(1)-3). No roll: day 61 is late though day 60 is a Sunday.
    """
    start = trace.start(
        facts.day("statement_transmitted"), "first statement transmitted", "首份账单发出"
    )
    return _window(trace, start, facts.day_or_none("notice_received"))


def unsent_window(facts: Facts, trace: Trace) -> Term:
    """Comment 13(b)(1)-1: no statement was sent: 60 days from when it should have been.

    Once it is provided, another 60 days run for the errors that it shows.
    """
    should = trace.start(
        facts.day("statement_should_be_sent"), "statement should have been sent", "账单应寄出"
    )
    provided = facts.day_or_none("statement_provided")
    if provided is not None:
        should = trace.start(provided, "the missing statement was provided", "补寄缺失的账单")
    return _window(trace, should, facts.day_or_none("notice_received"))


def credit_window(facts: Facts, trace: Trace) -> Term:
    """Comment 13(b)(1)-2: a missing credit: 60 days from the statement that should show it."""
    start = facts.day("credit_statement_transmitted")
    trace.start(
        start, "statement that should show the credit transmitted", "应显示该笔入账的账单寄出"
    )
    return _window(trace, start, facts.day_or_none("notice_received"))


def _received(facts: Facts, trace: Trace) -> date:
    received = trace.start(facts.day("notice_received"), "notice received", "收到通知")
    sent = facts.day_or_none("statement_transmitted")
    if sent is not None and (received - sent).days > NOTICE_DAYS:
        # Duties do not start by law, yet the clock stays until a lawyer has looked at the case.
        late = (received - sent).days
        trace.say(
            f"the notice came {late} days after the statement: late",
            f"通知于账单发出{late}日后收到：逾期",
        )
    return received


def acknowledge(facts: Facts, trace: Trace) -> date:
    """1026.13(c)(1): written acknowledgement mailed or delivered within 30 days of receipt.

    Not needed when the case is resolved within the same 30 days. Sending counts. No roll.
    """
    return trace.days(_received(facts, trace), 30)


def resolve(facts: Facts, trace: Trace) -> Term:
    """1026.13(c)(2): within two complete billing cycles, in no event later than 90 days.

    A cycle running at receipt is not complete. One that begins on the day of receipt is
    ambiguous (comment 13(c)(2)-1): the cautious reading counts it. Nothing extends this.
    """
    received = _received(facts, trace)
    closings = facts.days("cycle_closings", "the account's closing dates, past and projected")
    cap = received + timedelta(CAP_DAYS)
    two = trace.complete_cycles(received, closings, 2)
    if two is None:
        if not closings or closings[-1] < cap:
            raise MissingFact("cycle_closings", f"projected closing dates up to {cap}")
        trace.say(
            "two complete billing cycles end later than the closing dates given",
            "两个完整账单周期的届满日晚于已提供的各账单日",
        )
    cap = trace.days(received, CAP_DAYS)
    literal = cycles.complete_cycles_end(received, closings, 2, cautious=False)
    other = min(cap, literal or cap)
    due = trace.earlier(two, cap) if two else cap
    return Term(due, other_reading_on=other if other != due else None)


def address_in_time(facts: Facts, trace: Trace) -> Term:
    """1026.13(a)(7): an address received 20 days before the cycle's end must be used."""
    end = trace.start(facts.day("cycle_ended_on"), "billing cycle ends", "账单周期结束")
    last = trace.days_before(end, 20)
    given = facts.day_or_none("address_received_on")
    return Term(last, verdict=timely(last, given) if given else "")


_rule = partial(
    Rule, severity="statutory", confidence="certain", kinds=("dispute",), when=on_credit
)
_window_rule = partial(
    _rule, binds="customer", nature="window", ends=("dispute.file",), when=is_notice
)
_duty = partial(_rule, starts="notice_received", when=is_notice)

RULES = (
    _window_rule(
        id="US-REGZ-13B1-NOTICE-60D", key="notice", starts="statement_transmitted",
        due=notice_window, citation="12 CFR 1026.13(b)(1)",
        name_en="Billing-error notice window", name_zh="账单错误通知期限",
        text="A written notice must reach the issuer within 60 days after the first statement "
        "with the error was transmitted.",
        text_zh="书面通知须在首份载有该错误的账单发出后60日内送达发卡机构。",
    ),
    _window_rule(
        id="US-REGZ-13B1-UNSENT-60D", key="notice_unsent", starts="statement_should_be_sent",
        due=unsent_window, citation="12 CFR 1026.13, comment 13(b)(1)-1",
        name_en="Notice window when no statement was sent", name_zh="未寄送账单时的通知期限",
        text="Without a statement the 60 days run from the day it should have been sent; once "
        "it is provided, another 60 days run.",
        text_zh="账单未寄送的，60日自应寄送之日起算；补寄后，就账单所载错误另有60日。",
    ),
    _window_rule(
        id="US-REGZ-13B1-CREDIT-60D", key="notice_credit", starts="credit_statement_transmitted",
        due=credit_window, citation="12 CFR 1026.13, comment 13(b)(1)-2",
        name_en="Notice window for a missing credit", name_zh="贷记未入账的通知期限",
        text="For a credit that does not appear, the 60 days run from the statement that should "
        "have shown it.",
        text_zh="贷记款项未显示的，60日自本应显示该款项的账单发出之日起算。",
    ),
    _duty(
        id="US-REGZ-13C1-ACK-30D", key="acknowledge", due=acknowledge,
        citation="12 CFR 1026.13(c)(1)", ends=("dispute.acknowledge", *ENDED_BY),
        name_en="Acknowledge the notice in writing", name_zh="书面确认收到通知",
        text="A written acknowledgement is mailed or delivered within 30 days of receipt, unless "
        "the case is resolved within them.",
        text_zh="收到通知后30日内寄出或送达书面确认，除非在此期间已处理完毕。",
        warn_before_days=(10, 5, 2),
    ),
    _duty(
        id="US-REGZ-13C2-RESOLVE-2CYC-90D", key="resolve", due=resolve,
        citation="12 CFR 1026.13(c)(2), comment 13(c)(2)-1", ends=ENDED_BY,
        name_en="Resolve the billing error", name_zh="处理完毕账单错误",
        text="The error is corrected, or investigated and explained in writing, within two "
        "complete billing cycles and never later than 90 days after receipt.",
        text_zh="在两个完整账单周期内、且最迟不超过收到通知后90日，更正错误或完成调查并书面说明。",
        warn_before_days=(30, 10, 5, 2),
    ),
    _rule(
        id="US-REGZ-13A7-ADDRESS-20D", key="address_in_time", starts="cycle_ended_on",
        due=address_in_time, binds="customer", nature="verdict",
        citation="12 CFR 1026.13(a)(7)",
        name_en="Change of address early enough", name_zh="地址变更是否及时",
        text="A statement sent elsewhere is a billing error when the new address came in writing "
        "at least 20 days before the cycle ended.",
        text_zh="新地址在账单周期结束20日前书面送达的，未寄往该地址即为账单错误。",
    ),
)  # fmt: skip
