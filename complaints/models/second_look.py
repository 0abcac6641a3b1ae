"""Who looked at an answer again: another person of ours, or a body outside."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint
from complaints.models.decision import Decision
from complaints.outcomes import JUDGEMENTS


class Review(models.Model):
    """A review that was asked for, and whether it confirmed or changed the answer."""

    class Result(models.TextChoices):
        """What became of the answer."""

        CONFIRMED = "confirmed", _("confirmed")
        CHANGED = "changed", _("changed")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    of = models.ForeignKey(Decision, models.PROTECT, related_name="reviews")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=80)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="review"
    )
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "round"], name="review_once_a_round"),
            models.CheckConstraint(
                condition=Q(decision=None, result="") | (Q(decision__isnull=False) & ~Q(result="")),
                name="review_decided_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.result}"


class Referral(models.Model):
    """An outside body that took the complaint up, and how it ruled."""

    class Body(models.TextChoices):
        """What kind of body it is."""

        OMBUDSMAN = "ombudsman", _("ombudsman")
        MEDIATION = "mediation", _("mediation")
        ARBITRATION = "arbitration", _("arbitration")
        REGULATOR = "regulator", _("regulator")
        COURT = "court", _("court")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="referrals")
    body = models.CharField(max_length=12, choices=Body.choices)
    reference = models.CharField(max_length=80)
    referred_on = models.DateField()
    referred_by = models.CharField(max_length=80)
    # Empty while it runs; "none" when the body closed it without ruling.
    ruling = models.CharField(
        max_length=16, choices=[*JUDGEMENTS, ("none", _("closed without a ruling"))], blank=True
    )
    ruled_on = models.DateField(null=True, blank=True)
    ruling_ref = models.CharField(max_length=80, blank=True)
    recorded_by = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(ruling=""), name="referral_one_open_a_complaint"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="referral_has_reference"),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_on=None) | (~Q(ruling="") & Q(ruled_on__isnull=False)),
                name="referral_ruling_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.reference}"
