"""United States: complaints that the Consumer Financial Protection Bureau sends to a company."""

from __future__ import annotations

from functools import partial

from law.counts import after
from law.rule import Rule

SENT = ("complaint sent to the portal", "投诉发送至门户")

_rule = partial(
    Rule, severity="statutory", confidence="high", kinds=("complaint",), starts="portal_sent_on"
)

RULES = (
    _rule(
        id="US-CFPB-15D", key="portal_response",
        due=after("days", 15, "portal_sent_on", said=SENT),
        citation="12 USC 5534(b); CFPB Company Portal Manual 8.1",
        ends=("complaint.respond", "complaint.extend", "complaint.withdraw"),
        name_en="Respond in the bureau's portal", name_zh="在监管门户答复",
        text="The company responds, or marks the complaint as in progress, within 15 calendar "
        "days of its being sent to the portal.",
        text_zh="投诉发送至门户后15个自然日内答复或标记为处理中。", warn_before_days=(5, 2),
    ),
    _rule(
        id="US-CFPB-60D", key="portal_final", due=after("days", 60, "portal_sent_on", said=SENT),
        citation="12 USC 5534(b); CFPB Company Portal Manual 8.1",
        ends=("complaint.respond", "complaint.withdraw"),
        name_en="Final response in the bureau's portal", name_zh="在监管门户最终答复",
        text="A complaint in progress gets its final response within 60 calendar days of its "
        "being sent to the portal, not of the mark.",
        text_zh="处理中的投诉，自发送至门户（而非标记）之日起60个自然日内最终答复。",
        warn_before_days=(10, 5),
    ),
)  # fmt: skip
