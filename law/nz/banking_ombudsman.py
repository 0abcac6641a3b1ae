"""Banking Ombudsman Scheme: when a complaint is deadlocked. From general knowledge, unconfirmed.

Nobody has compared these numbers with the scheme's terms of reference, so both rules are off.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from law.complaints import RECEIVED, SAID
from law.facts import Facts
from law.rule import Rule
from law.trace import Trace


def deadlock(months: int, facts: Facts, trace: Trace) -> date:
    """Count months from the day on which the bank received the complaint."""
    return trace.months(trace.start(facts.first_day(*RECEIVED), *SAID), months)


def _asked_for_time(facts: Facts) -> bool:
    return facts.flag("more_time_asked")


def _asked_for_none(facts: Facts) -> bool:
    return not _asked_for_time(facts)


_rule = partial(
    Rule, severity="self_regulatory", confidence="low", kinds=("complaint",), enabled=False,
    starts="received", or_starts=("notice_received",), warn_before_days=(20, 10, 3),
    citation="Banking Ombudsman Scheme, terms of reference (deadlock; number unconfirmed)",
    ends=("complaint.respond", "complaint.withdraw"),
)  # fmt: skip

RULES = (
    _rule(
        id="NZ-BOS-DEADLOCK-2M", key="respond", due=partial(deadlock, 2), when=_asked_for_none,
        name_en="Answer a complaint before deadlock", name_zh="投诉陷入僵局前的答复期限",
        text="After two months without an answer the complaint is deadlocked and the Banking "
        "Ombudsman may take it up. Unconfirmed: off until checked.",
        text_zh="银行两个月内未答复的，投诉视为陷入僵局，可提交银行业申诉专员。未经核实，默认关闭。",
    ),
    _rule(
        id="NZ-BOS-DEADLOCK-3M", key="respond", due=partial(deadlock, 3), when=_asked_for_time,
        name_en="Answer a complaint for which more time was asked",
        name_zh="要求延长时间的投诉答复期限",
        text="A bank that asked for more time has three months in all. Unconfirmed: off until "
        "checked.",
        text_zh="银行要求延长时间的，合计最长三个月。未经核实，默认关闭。",
    ),
)  # fmt: skip
