"""How a claim can end, and what the issuer may do with the disputed part meanwhile."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

WON, PARTLY_WON, LOST = "won", "partly_won", "lost"
MERCHANT_CREDITED, CORRECTED = "merchant_credited", "corrected"
WRITTEN_OFF, INVALID = "written_off", "invalid"
OUTCOMES = [
    (WON, _("decided for the cardholder")),
    (PARTLY_WON, _("partly for the cardholder")),
    (LOST, _("not upheld")),
    (MERCHANT_CREDITED, _("refunded by the merchant")),
    (CORRECTED, _("our own error, corrected")),
    (WRITTEN_OFF, _("credited at our cost")),
    (INVALID, _("not a dispute that we can take")),
    ("withdrawn", _("withdrawn")),
]


class Hold(models.TextChoices):
    """What the issuer may do with the disputed part meanwhile (12 CFR 1026.13(d), (g))."""

    ON = "on", _("neither collected nor reported")
    PAYMENT_WINDOW = "payment_window", _("time to pay")
    REPORTED_AS_DISPUTED = "reported_as_disputed", _("may be reported only as disputed")
    RELEASED = "released", _("ordinary treatment")
