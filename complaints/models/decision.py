"""What was found and decided, with the money in figures; nothing in it may be empty."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints import taxonomy
from complaints.models.complaint import Complaint
from complaints.outcomes import JUDGEMENTS, OUTCOMES


class Decision(models.Model):
    """One answer, as drafted: facts found, basis, outcome, money, remedies.

    ``refunded`` says yes or no; ``amount_minor`` and ``refund_on`` then say how much and by which
    day. ``returned_because`` is why a second person sent it back: it stands here and not in the
    thread, because other departments read that one.
    """

    class Kind(models.TextChoices):
        """Which verb it answers."""

        ANSWER = "answer", _("answer")
        SUMMARY = "summary", _("summary resolution")
        REVIEW = "review", _("outcome of the review")

    class State(models.TextChoices):
        """A draft that was sent back stays as it was written."""

        DRAFTED = "drafted", _("drafted")
        RETURNED = "returned", _("sent back")
        SENT = "sent", _("sent")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFTED)
    found = models.TextField(_("facts found"))
    basis = models.TextField(_("basis"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=OUTCOMES)
    refunded = models.BooleanField(_("refunded"))
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    refund_on = models.DateField(null=True, blank=True)
    remedies = models.JSONField()
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    sent_by = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.TextField(blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(found="") & ~Q(basis="") & ~Q(outcome="") & ~Q(remedies=[]),
                name="decision_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(refunded=False, amount_minor=0, refund_on=None)
                | (Q(refunded=True, amount_minor__gt=0, refund_on__isnull=False) & ~Q(currency="")),
                name="decision_money_in_figures",
            ),
            models.CheckConstraint(
                condition=~Q(kind="answer") | Q(sent_by="") | ~Q(sent_by=F("drafted_by")),
                name="decision_sent_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(state="drafted"),
                name="decision_one_draft_a_complaint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.round}: {self.outcome}"


class Point(models.Model):
    """One thing complained of, and what was decided about it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    outcome = models.CharField(max_length=16, choices=JUDGEMENTS)

    class Meta:
        default_permissions = ("view",)
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="point_number"),
            models.CheckConstraint(condition=~Q(words=""), name="point_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"


class Redress(models.Model):
    """One thing by which it is made good: money, or something done by a person.

    ``key`` is the ledger's key of the transfer; empty until it is posted, and for what is no money.
    It belongs to a decision, or to the ruling of an outside body.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="redress")
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="redress"
    )
    referral = models.ForeignKey(
        "complaints.Referral", models.PROTECT, null=True, blank=True, related_name="redress"
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=taxonomy.redress_choices)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    key = models.CharField(max_length=80, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("redress")
        verbose_name_plural = _("redress")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="redress_posted_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor=0) | (Q(amount_minor__gt=0) & ~Q(currency="")),
                name="redress_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(decision=None, referral__isnull=False)
                | Q(decision__isnull=False, referral=None),
                name="redress_has_one_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor}"
