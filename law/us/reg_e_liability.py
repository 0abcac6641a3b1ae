"""Regulation E, 12 CFR 1005.6 and 1005.18(e): what a consumer owes for unauthorised transfers."""

from __future__ import annotations

from functools import partial

from law.facts import BadFact, Facts, MissingFact
from law.rule import Rule, Term
from law.trace import Trace
from law.us.accounts import on_asset, on_prepaid
from law.verdicts import timely

FIFTY_DOLLARS = 50_00
FIVE_HUNDRED_DOLLARS = 500_00


def liability(*, first_two_days: int, after: int, in_time: bool) -> int:
    """Return what the consumer owes after a loss or theft, in cents.

    12 CFR 1005.6(b)(1): told within two business days, the lesser of $50 and the loss. (b)(2):
    told later, at most $500: up to $50 of the first two days, and what came after.
    """
    first = min(FIFTY_DOLLARS, first_two_days)
    return first if in_time else min(FIVE_HUNDRED_DOLLARS, first + after)


def loss_report(facts: Facts, trace: Trace) -> Term:
    """1005.6(b)(1)-(2): the loss is reported within two 24-hour business days of learning of it."""
    learned, due = facts.day_or_none("loss_learned_on"), None
    if learned is not None:
        start = trace.start(learned, "the consumer learned of the loss", "消费者知悉丢失")
        due = trace.business_days(start, 2)
    elif not facts.has("loss_first_two_days_minor"):
        raise MissingFact("loss_learned_on", "the day the consumer learned of the loss")
    # Comment 6(b)(1)-3: until midnight, not closing time.
    found = {"due_time": "23:59 local"} if due else {}
    told = facts.day_or_none("notice_received")
    verdict = timely(due, told) if due and told else ""
    if not facts.has("loss_first_two_days_minor"):
        return Term(due, verdict=verdict, found=found)
    in_time = facts.flag("notice_in_time") if facts.has("notice_in_time") else verdict == "timely"
    if not facts.has("notice_in_time") and not verdict:
        raise MissingFact("notice_in_time", "whether the loss was reported in time")
    owed = liability(
        first_two_days=_cents(facts, "loss_first_two_days_minor"),
        after=0 if in_time else _cents(facts, "loss_after_minor"),
        in_time=in_time,
    )
    trace.say(f"the consumer owes at most {owed} cents", f"消费者最多承担{owed}美分")
    return Term(due, verdict=verdict, amount_minor=owed, found=found)


def _cents(facts: Facts, name: str) -> int:
    value = facts.number(name, "a loss in cents")
    if value < 0:
        raise BadFact(name, f"is {value}: give cents, 0 or more")
    return value


def statement_tier(facts: Facts, trace: Trace) -> Term:
    """1005.6(b)(3): after 60 days from the statement, later transfers are the consumer's."""
    start = trace.start(facts.day("statement_transmitted"), "statement sent", "账单发出")
    last = trace.days(start, 60)
    told = facts.day_or_none("notice_received")
    return Term(last, verdict=timely(last, told) if told else "")


def prepaid_window(facts: Facts, trace: Trace) -> Term:
    """1005.18(e)(2): 60 days from the earlier of access to the history and its sending."""
    days = [facts.day_or_none("history_accessed_on"), facts.day_or_none("history_sent_on")]
    known = [day for day in days if day is not None]
    if not known:
        raise MissingFact("history_accessed_on", "the day the error could first be seen")
    start = trace.start(min(known), "the error could first be seen", "首次可查看该错误")
    last = trace.days(start, 60)
    told = facts.day_or_none("notice_received")
    return Term(last, verdict=timely(last, told) if told else "")


_window = partial(
    Rule, severity="statutory", confidence="certain", kinds=("dispute",), nature="window",
    binds="customer", when=on_asset, ends=("dispute.file",),
)  # fmt: skip

RULES = (
    _window(
        id="US-REGE-6B1-LOSS-2BD", key="report_loss", starts="loss_learned_on", due=loss_report,
        citation="12 CFR 1005.6(b)(1)-(2), comment 6(b)(1)-3",
        name_en="Report a lost or stolen card", name_zh="挂失期限",
        text="Told within 2 business days of learning of the loss, the consumer owes at most $50; "
        "told later, at most $500.",
        text_zh="知悉丢失后2个营业日内通知的，最多承担50美元；逾期的最多承担500美元。",
    ),
    _window(
        id="US-REGE-6B3-STMT-60D", key="report_transfer", starts="statement_transmitted",
        due=statement_tier, citation="12 CFR 1005.6(b)(3), comment 6(b)(3)-2",
        name_en="Report transfers on a statement", name_zh="账单所载转账的通知期限",
        text="Transfers later than 60 days after the statement, which a notice would have "
        "stopped, may be the consumer's in full.",
        text_zh="账单发出60日后、若及时通知本可避免的转账，可由消费者全额承担。",
    ),
    _window(
        id="US-REGE-18E-PREPAID-60D", key="prepaid_notice", starts="history_accessed_on",
        or_starts=("history_sent_on",), due=prepaid_window, when=on_prepaid, confidence="high",
        citation="12 CFR 1005.18(e)(2)",
        name_en="Prepaid error notice without statements", name_zh="预付账户的错误通知期限",
        text="Without statements the 60 days run from the earlier of access to the history and "
        "its sending; the issuer may take 120 days after the transfer instead.",
        text_zh="无账单的，60日自查看或寄出交易记录之日（以较早者为准）起算；"
        "发行机构亦可改用转账后120日。",
    ),
)  # fmt: skip
