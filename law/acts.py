"""What a prohibition bars: acts of the issuer and of whoever collects for it, by name."""

from __future__ import annotations

# Name, English, Chinese. A rule's ``forbids`` and the questions of other systems use the names.
ACTS = {
    "collect": ("collect the disputed amount", "催收争议款项"),
    "contact": ("contact the debtor to demand payment", "联系债务人要求付款"),
    "report": ("report the amount as delinquent, or threaten to", "将该款项报送为逾期或以此相威胁"),
    "charge": ("add interest, fees or charges", "计收利息、费用或其他收费"),
    "accelerate": ("call the whole debt in", "要求提前清偿全部欠款"),
    "restrict": ("restrict or close the account for this", "因此限制或关闭账户"),
    "enforce": ("enforce the debt", "强制执行债务"),
    "debit": ("take the disputed amount by automatic payment", "通过自动扣款收取争议款项"),
}
