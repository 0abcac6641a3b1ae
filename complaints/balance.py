"""Prove that the ledger and the redress say the same, case by case."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from complaints.models import Redress
from ledger import services as ledger


def disagreements() -> Iterator[str]:
    """Yield a sentence for each complaint whose redress and ledger differ, in minor units."""
    posted = (
        Redress.objects.filter(posted_at__isnull=False, amount_minor__gt=0)
        .order_by()
        .values("complaint__ticket__reference")
        .annotate(total=Sum("amount_minor"))
    )
    for row in posted.iterator():
        case, said = row["complaint__ticket__reference"], row["total"]
        paid = ledger.balance(case, "cardholder:*")
        if paid != said:
            yield f"{case}: the cardholder has {paid}, the redress says {said}"
