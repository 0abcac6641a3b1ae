"""The complaint's verbs. Each is a recipe of one transaction, named after its transition."""

from complaints.services.answering import letter_left, respond, send_back, summary_resolve
from complaints.services.drafts import Draft, draft_decision
from complaints.services.ending import reopen, withdraw
from complaints.services.extending import extend, extension_left, may_extend
from complaints.services.grievance import Grievance
from complaints.services.intake import receive
from complaints.services.joining import join
from complaints.services.referring import Ruling, record_ruling, refer_out
from complaints.services.reviewing import decide_review, request_review
from complaints.services.work import acknowledge, classify, investigate, recuse

__all__ = [
    "Draft",
    "Grievance",
    "Ruling",
    "acknowledge",
    "classify",
    "decide_review",
    "draft_decision",
    "extend",
    "extension_left",
    "investigate",
    "join",
    "letter_left",
    "may_extend",
    "receive",
    "record_ruling",
    "recuse",
    "refer_out",
    "reopen",
    "request_review",
    "respond",
    "send_back",
    "summary_resolve",
    "withdraw",
]
