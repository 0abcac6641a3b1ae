"""The department's own targets. No law asks for them; they may pause while others are waited on."""

from __future__ import annotations

from datetime import date
from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule
from law.trace import Trace

RECEIVED = ("received", "notice_received")
DATED_BY_LAW = ("us",)  # where a dispute has an answer date of its own


def within_business_days(count: int, facts: Facts, trace: Trace) -> date:
    """Count working days from receipt, by the case's calendar."""
    return trace.business_days(trace.start(facts.first_day(*RECEIVED), "received", "收到"), count)


def has_no_statute(facts: Facts) -> bool:
    """Say whether no statute dates the answer to a dispute: only the United States' does."""
    return facts.jurisdiction not in DATED_BY_LAW


def decide_plan(facts: Facts, trace: Trace) -> date:
    """Decide within 7 days of the last paper that was asked for."""
    return trace.days(
        trace.start(facts.day("documents_complete"), "documents complete", "材料齐全"), 7
    )


_target = partial(
    Rule, severity="internal", confidence="policy", citation="the issuer's own policy",
    starts="received", or_starts=("notice_received",),
)  # fmt: skip

RULES = (
    _target(
        id="POL-ACK-1WD", key="owner_named", kinds=("complaint", "dispute", "hardship"),
        due=partial(within_business_days, 1), ends=("ticket.take", "ticket.assign"),
        name_en="Name an owner for the case", name_zh="受理回执",
        text="The receipt goes out at once by itself; within 1 working day a person owns the "
        "case.",
        text_zh="系统即时发出回执；1个工作日内明确经办人。",
    ),
    _target(
        id="POL-DSP-30D", key="answer_dispute", kinds=("dispute",), starts="notice_received",
        or_starts=("received",), when=has_no_statute,
        # Whatever stage the network is in.
        due=after("days", 30, "notice_received", "received", said=("dispute received", "收到争议")),
        ends=("dispute.resolve", "dispute.withdraw"), warn_before_days=(7, 2),
        name_en="Answer a billing dispute", name_zh="账务争议答复",
        text="A billing dispute is answered within 30 days where no law dates the answer.",
        text_zh="法律未规定答复期限的，账务争议于30日内答复。",
    ),
    _target(
        id="POL-ENQ-3WD", key="answer_enquiry", kinds=("enquiry",),
        due=partial(within_business_days, 3), ends=("ticket.resolve",),
        name_en="Answer an enquiry", name_zh="咨询答复",
        text="An enquiry is answered within 3 working days.",
        text_zh="咨询于3个工作日内答复。", warn_before_days=(1,),
    ),
    _target(
        id="POL-PLAN-7D", key="decide_plan", kinds=("hardship",), starts="documents_complete",
        or_starts=(), due=decide_plan, ends=("plan.offer", "plan.decline"),
        name_en="Decide a request for a repayment plan", name_zh="协商还款申请答复",
        text="A plan is offered or declined with reasons within 7 days of the complete papers.",
        text_zh="材料齐全后7日内给出分期方案或说明理由拒绝。", warn_before_days=(2,),
    ),
)  # fmt: skip
