"""征信业管理条例 and the 2025 one-time repair: objections to credit records and what they show."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law.calendars import add_months
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

REPAIR_FROM, REPAIR_TO = date(2020, 1, 1), date(2025, 12, 31)
REPAID_EARLY, REPAID_LAST = date(2025, 11, 30), date(2026, 3, 31)
EARLY_HIDDEN_FROM = date(2026, 1, 1)
REPAIR_LIMIT = 10_000_00  # fen; "not exceeding" includes it


def credit_repair(*, arose_on: date, amount: int, repaid_on: date) -> date | None:
    """Return the day by which an overdue record is hidden, or None if it stays.

    人民银行 2025-12-22: overdue that arose 2020-2025, at most CNY 10,000 each, repaid in full
    by 2026-03-31. Repaid by 2025-11-30: hidden from 2026-01-01; later: by the end of the month
    after repayment. Automatic and free. ``amount`` in fen.
    """
    fits = REPAIR_FROM <= arose_on <= REPAIR_TO and amount <= REPAIR_LIMIT
    if not fits or repaid_on > REPAID_LAST:
        return None
    if repaid_on <= REPAID_EARLY:
        return EARLY_HIDDEN_FROM
    return add_months(repaid_on.replace(day=1), 2) - timedelta(1)


def _is_credit_record(facts: Facts) -> bool:
    return facts.text("subtype", "") == "credit_report"


def answer_objection(facts: Facts, trace: Trace) -> date:
    """征信业管理条例 25: verify, handle and answer in writing within 20 days; no extension.

    The record is annotated as disputed at once. Banks promise 20 working days in places; the
    Regulation says 日, which are calendar days.
    """
    start = facts.first_day("objection_received", "notice_received", "received")
    return trace.days(trace.start(start, "objection received", "收到异议"), 20)


def answer_credit_complaint(facts: Facts, trace: Trace) -> date:
    """征信业管理条例 26: the central bank answers within 30 days of acceptance."""
    return trace.days(
        trace.start(facts.day("pbc_accepted"), "accepted by the central bank", "人民银行受理"), 30
    )


def delete_bad_record(facts: Facts, trace: Trace) -> date:
    """征信业管理条例 16: shown at most 5 years from the END of the bad conduct, then deleted."""
    return trace.years(
        trace.start(facts.day("bad_conduct_ended"), "bad conduct ended", "不良行为终止"), 5
    )


def hide_repaired(facts: Facts, trace: Trace) -> Term:
    """The one-time repair on the facts of a case."""
    repaid = trace.start(facts.day("repaid_on"), "repaid in full", "全部还清")
    arose = facts.day("overdue_arose_on", "the day the debt fell overdue")
    amount = facts.number("overdue_minor", "the overdue amount in fen")
    hidden = credit_repair(arose_on=arose, amount=amount, repaid_on=repaid)
    if hidden is None:
        trace.say(
            "outside the one-time repair: the record stays", "不符合一次性信用修复条件：记录保留"
        )
        return Term(verdict="stays")
    trace.say(f"the record is hidden by {hidden}", f"记录最迟于{hidden}不再展示")
    return Term(hidden, verdict="hidden")


_REGULATION = "《征信业管理条例》(国务院令第631号)"
_rule = partial(Rule, severity="statutory", when=_is_credit_record)

RULES = (
    _rule(
        id="CRD-20", key="answer_objection", kinds=("dispute",), confidence="certain",
        starts="objection_received", or_starts=("notice_received", "received"),
        due=answer_objection, citation=f"{_REGULATION} art. 25", warn_before_days=(7, 3, 1),
        ends=("dispute.resolve", "dispute.withdraw"),
        name_en="Answer an objection to a credit record", name_zh="征信异议核查答复",
        text="An objection is annotated at once, checked, handled and answered in writing within "
        "20 days of receipt. Nothing extends it.",
        text_zh="收到异议即时标注，20日内核查、处理并书面答复，不得延长。",
    ),
    _rule(
        id="CRD-COMPLAINT-30", key="credit_complaint", kinds=("complaint",), confidence="high",
        starts="pbc_accepted", due=answer_credit_complaint, enabled=False, binds="regulator",
        citation=f"{_REGULATION} art. 26", ends=("complaint.record_ruling",),
        name_en="Central bank answers a credit-record complaint", name_zh="征信投诉答复",
        text="The central bank answers in writing within 30 days of acceptance. It binds the "
        "regulator: off.",
        text_zh="人民银行自受理之日起30日内书面答复。约束监管机构，默认关闭。",
    ),
    _rule(
        id="CRD-BAD-5Y", key="delete_bad_record", kinds=("enquiry", "dispute"),
        confidence="high", starts="bad_conduct_ended", due=delete_bad_record,
        citation=f"{_REGULATION} art. 16", ends=("account.record_deleted",),
        name_en="Delete a negative record", name_zh="不良信息保存期限",
        text="A negative record is shown at most 5 years after the bad conduct ended.",
        text_zh="不良信息自不良行为终止之日起最多保存5年，期满删除。",
    ),
    _rule(
        id="CRD-REPAIR-2025", key="hide_repaired", kinds=("enquiry", "dispute"),
        confidence="high", starts="repaid_on", due=hide_repaired, nature="verdict",
        citation="人民银行 2025-12-22 通知 (一次性信用修复)",
        name_en="One-time credit repair", name_zh="一次性信用修复",
        text="Overdue of 2020 to 2025, at most CNY 10,000 each, repaid by 2026-03-31, is no "
        "longer shown. Automatic and free.",
        text_zh="2020至2025年产生、单笔不超过1万元、2026年3月31日前还清的逾期不再展示，自动免费。",
    ),
)  # fmt: skip
