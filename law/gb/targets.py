"""The house's own number where DISP 1.6.1R says only "prompt"."""

from __future__ import annotations

from law.complaints import RECEIVED, SAID
from law.counts import after
from law.gb.disp import is_open
from law.rule import Rule

RULES = (
    Rule(
        id="POL-UK-ACK-5BD", key="acknowledge", severity="internal", confidence="policy",
        kinds=("complaint",), starts="received", or_starts=("notice_received",), when=is_open,
        due=after("business_days", 5, *RECEIVED, said=SAID), warn_before_days=(2,),
        ends=("complaint.acknowledge",), citation="the issuer's own policy",
        name_en="Acknowledge a complaint in five days", name_zh="五个营业日内确认收到投诉",
        text="A complaint is acknowledged in writing within 5 business days.",
        text_zh="投诉于5个营业日内书面确认。",
    ),
)  # fmt: skip
