"""MAS E-Payments User Protection Guidelines: how long a claim may be investigated.

For credit cards the part on liability is carved out; the part on investigation is applied. The
revised guidelines of 16 December 2024 were not compared: off.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from law.facts import Facts
from law.rule import Rule
from law.trace import Trace

CLAIM = ("claim_received", "notice_received", "received")


def _is_claim(facts: Facts) -> bool:
    """An unauthorised or an erroneous payment."""
    unauthorised = facts.text("subtype", "") == "unauthorised_transaction"
    return unauthorised or facts.flag("incorrectly_executed")


def _is_plain(facts: Facts) -> bool:
    return _is_claim(facts) and not facts.flag("exceptional")


def _is_exceptional(facts: Facts) -> bool:
    return _is_claim(facts) and facts.flag("exceptional")


def investigate(facts: Facts, trace: Trace) -> date:
    """Section 4: 21 business days after the claim with enough information."""
    return trace.business_days(
        trace.start(facts.first_day(*CLAIM), "claim received", "收到索赔"), 21
    )


def investigate_exceptional(facts: Facts, trace: Trace) -> date:
    """Section 4: 45 business days where a party is overseas or the case is complex."""
    plain = investigate(facts, trace)
    trace.say(
        f"an exceptional case: not {plain} but 45 days", f"属特殊情形：不以{plain}为限，而为45日"
    )
    return trace.business_days(facts.first_day(*CLAIM), 45)


_rule = partial(
    Rule, severity="statutory", confidence="medium", enabled=False, kinds=("dispute",),
    starts="claim_received", or_starts=("notice_received", "received"),
    citation="MAS E-Payments User Protection Guidelines s.4",
    in_force=(date(2019, 6, 30), None), ends=("dispute.resolve", "dispute.withdraw"),
)  # fmt: skip

RULES = (
    _rule(
        id="SG-EUPG-21BD", key="investigate", when=_is_plain, due=investigate,
        warn_before_days=(5, 2),
        name_en="Investigate a claim in 21 days", name_zh="二十一个营业日内完成索赔调查",
        text="A claim is investigated and its outcome told within 21 business days of receipt. "
        "Unconfirmed: off until checked.",
        text_zh="收到索赔后21个营业日内完成调查并告知结果。未经核实，默认关闭。",
    ),
    _rule(
        id="SG-EUPG-45BD", key="investigate_exceptional", when=_is_exceptional,
        due=investigate_exceptional, warn_before_days=(10, 5, 2),
        name_en="Investigate an exceptional claim", name_zh="特殊索赔的调查期限",
        text="Where a party is overseas or the claim is complex, within 45 business days of "
        "receipt. Unconfirmed: off until checked.",
        text_zh="一方在境外或案情复杂的，于收到后45个营业日内完成。未经核实，默认关闭。",
    ),
)  # fmt: skip
