"""The desk's pages of claims: their verbs on the case page, the recoveries, the network's news."""

from disputes.admin.claims import DisputeDesk
from disputes.admin.recoveries import ChargebackDesk, NetworkEventDesk

__all__ = ["ChargebackDesk", "DisputeDesk", "NetworkEventDesk"]
