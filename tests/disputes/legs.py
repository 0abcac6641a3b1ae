"""A recovery's leg as it stands now, and the network that speaks to us."""

from __future__ import annotations

from disputes.models import Chargeback
from kernel.actors import Actor

NETWORK = Actor("integrator", ref="integrator:network")


def fresh(leg: Chargeback) -> Chargeback:
    return Chargeback.objects.get(pk=leg.pk)
