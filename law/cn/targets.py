"""Targets of the house under a duty that China's law leaves without a number."""

from __future__ import annotations

from datetime import date
from functools import partial

from law.facts import Facts
from law.rule import Rule
from law.trace import Trace

ENDED_BY = ("dispute.resolve", "dispute.withdraw")


def tell_progress(facts: Facts, trace: Trace) -> date:
    """银发〔2016〕111号: 定期向持卡人反馈处理进度. The duty is law, the 14 days are policy."""
    start = facts.first_day("last_update_sent", "notice_received", "received")
    return trace.days(trace.start(start, "last news to the cardholder", "最近一次告知持卡人"), 14)


def _unauthorised(facts: Facts) -> bool:
    return facts.text("subtype", "") == "unauthorised_transaction"


_target = partial(
    Rule, severity="internal", kinds=("dispute",), starts="notice_received",
    or_starts=("received",),
)  # fmt: skip

RULES = (
    _target(
        id="POL-DSP-PROGRESS-14D", key="tell_progress", due=tell_progress, confidence="high",
        citation="银发〔2016〕111号 (the duty); the issuer's own policy (the number)",
        or_starts=("received", "last_update_sent"), when=_unauthorised,
        ends=("dispute.tell_progress", *ENDED_BY),
        name_en="Tell the cardholder how the case stands", name_zh="争议进度反馈",
        text="While an unauthorised transaction is looked into, the cardholder hears every 14 "
        "days how it stands.",
        text_zh="未经授权交易争议处理期间，每14日向持卡人反馈一次进度。",
    ),
)  # fmt: skip
