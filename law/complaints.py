"""The words that the laws on complaints share: what starts their clocks, and what answers one."""

from __future__ import annotations

RECEIVED = ("received", "notice_received")
SAID = ("complaint received", "收到投诉")
ANSWERED = ("complaint.respond", "complaint.withdraw", "complaint.summary_resolve")
