"""More time as each law gives it: from which limit, with whose approval, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

# How the law engine is told of it: a record among ``extensions``, or a day under this name.
EXTENSIONS, HOLDING, DELAY, IN_PROGRESS = (
    "extensions",
    "holding_sent_on",
    "delay_notified_on",
    "in_progress_on",
)


@dataclass(frozen=True)
class Step:
    """One step: the limit that it extends and the fact that it becomes.

    ``regime`` and ``days`` belong to a record among the extensions; ``approved`` is then the
    flag that says who approved it. ``days`` of zero: the law gives no new number, so the day is
    the one that we promise.
    """

    rule: str
    fact: str
    regime: str = ""
    days: int = 0
    approved: str = ""

    @property
    def needs_approval(self) -> bool:
        """Say whether a lead must take it, naming who outside the desk approved it."""
        return bool(self.approved)


STEPS = {
    step.rule: step
    for step in (
        # 银保监会令2020年第3号, ch. 3: 15 → 30 for a complex case, → 60 with approval and word.
        Step("CMP-15", EXTENSIONS, "cmp", 30),
        Step("CMP-30", EXTENSIONS, "cmp", 60, "approved_by_superior"),
        # 人民银行令〔2020〕第5号, art. 43: 15 → 60, approved by the head of complaint handling.
        Step("PBC-15", EXTENSIONS, "pbc", 60, "approved_by_head"),
        # FCA DISP 1.6.2AR(2): a holding response within the 15 business days.
        Step("UK-DISP-1.6.2A-15BD", HOLDING),
        # FCA DISP 1.6.2R(2): at eight weeks a letter that says why not yet; no second limit.
        Step("UK-DISP-1.6.2-8W", DELAY),
        # Directive (EU) 2015/2366 art 101(2).
        Step("EU-PSD2-101-15BD", HOLDING),
        # ASIC RG 271.64: a notice of delay within the 30 days.
        Step("AU-RG271-30D", DELAY),
        # HKMA SPM IC-4: an interim reply by day 30.
        Step("HK-IC4-30D", HOLDING),
        # CFPB: "in progress" within 15 days, the final response within 60.
        Step("US-CFPB-15D", IN_PROGRESS),
    )
}
