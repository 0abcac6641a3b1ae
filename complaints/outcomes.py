"""How a complaint can end."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

UPHELD, PARTLY_UPHELD, NOT_UPHELD = "upheld", "partly_upheld", "not_upheld"
# Of one point, and of the whole.
JUDGEMENTS = [
    (UPHELD, _("upheld")),
    (PARTLY_UPHELD, _("partly upheld")),
    (NOT_UPHELD, _("not upheld")),
]
SETTLED, WITHDRAWN = "settled", "withdrawn"
OUTCOMES = [*JUDGEMENTS, (SETTLED, _("settled")), (WITHDRAWN, _("withdrawn"))]


def overall(points: Iterable[str]) -> str:
    """The outcome of the whole: upheld or not when every point is, else partly."""
    found = set(points)
    return found.pop() if len(found) == 1 else PARTLY_UPHELD
