"""Rows of a claim: dispute, items, legs of recovery, findings and decisions."""

from disputes.models.chargeback import Chargeback
from disputes.models.decision import Decision, Finding, Ground
from disputes.models.dispute import Dispute
from disputes.models.draft import Draft
from disputes.models.item import DisputeItem
from disputes.models.network_event import NetworkEvent

__all__ = [
    "Chargeback",
    "Decision",
    "Dispute",
    "DisputeItem",
    "Draft",
    "Finding",
    "Ground",
    "NetworkEvent",
]
