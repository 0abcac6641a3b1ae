"""A life comes before a debt: while somebody may harm themselves, nobody collects."""

from __future__ import annotations

from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

HOLDS = ("self_harm_hold", "safety_hold")


def hold(facts: Facts, trace: Trace) -> Term:
    """Refuse every attempt to collect until a person has lifted the hold."""
    day = facts.day_or_none("contact_at")
    if day is not None:
        trace.start(day, "contact on", "联系日期")
    trace.say(
        "a safety hold freezes collection until a person lifts it",
        "安全保护期间冻结一切催收，直至人工解除",
    )
    return Term(verdict="blocked:safety_hold")


def _held(facts: Facts) -> bool:
    return any(facts.flag(name) for name in HOLDS)


RULES = (
    Rule(
        id="POL-SAFETY-HOLD", key="safety_hold", severity="internal", confidence="policy",
        kinds=("contact",), starts="contact_at", or_starts=("third_person", *HOLDS), due=hold,
        nature="verdict", when=_held, forbids=("collect", "contact"),
        citation="the issuer's own policy",
        name_en="Safety hold", name_zh="安全保护",
        text="While a safety flag stands, nothing is collected in any way, until a person has "
        "cleared it.",
        text_zh="存在自伤等安全风险标记的，冻结一切催收，直至人工解除。",
    ),
)  # fmt: skip
