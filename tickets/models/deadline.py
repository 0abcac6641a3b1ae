"""A running deadline: the date, the law behind it, and how it was counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from law.registry import by_id
from tickets.models.ticket import Ticket

OWN_POLICY = gettext_noop("the issuer's own policy")


class Deadline(models.Model):
    """One date that binds somebody in a case, written when its start fact became known.

    ``due_on`` is the last lawful day in ``time_zone``; ``due_at`` is the instant after it ends.
    ``trace`` keeps every step of the count, in English and Chinese, and ``version`` the rule's
    version, so that a later change of a rule moves no past case. A row without ``due_on`` is a
    rule that waits for something: ``waits_for`` says for what.
    """

    class State(models.TextChoices):
        """A breach is recorded beside the state: what is late may still be met."""

        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        MET = "met", _("met")
        ENDED = "ended", _("no longer needed")

    class Severity(models.TextChoices):
        """Whose date it is. Only internal targets may pause."""

        STATUTORY = "statutory", _("law")
        NETWORK = "network", _("card network")
        SELF_REGULATORY = "self_regulatory", _("industry code")
        INTERNAL = "internal", _("own target")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="deadlines")
    rule = models.CharField(max_length=60)
    # What the date is about inside the case: "" for the case, or the item and its round.
    subject = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=40)
    name_en = models.CharField(max_length=160)
    name_zh = models.CharField(max_length=160, blank=True)
    severity = models.CharField(max_length=16, choices=Severity.choices)
    binds = models.CharField(max_length=12, default="issuer")
    nature = models.CharField(max_length=12, default="deadline")
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    safe_on = models.DateField(null=True)
    first_allowed_on = models.DateField(null=True)
    rolled_on = models.DateField(null=True)
    time_zone = models.CharField(max_length=40)
    citation = models.CharField(max_length=200)
    trace = models.JSONField(default=list)
    version = models.CharField(max_length=20)
    ends = models.JSONField(default=list)
    waits_for = models.TextField(blank=True)  # a sentence of the law; it may name many places
    warn_before_days = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    paused_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)  # when its next warning is to be given
    warned_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        default_permissions = ("view",)
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "rule", "subject"], name="deadline_once_a_subject"
            ),
            models.CheckConstraint(
                condition=~Q(state="paused") | Q(severity="internal"),
                name="deadline_law_never_pauses",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state="running", breached_at=None),
                name="deadline_to_watch",
            ),
            models.Index(
                fields=["warn_at"],
                condition=Q(state="running", warn_at__isnull=False),
                name="deadline_to_warn_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on or self.waits_for}"

    @property
    def cited(self) -> str:
        """The citation; what is no law says so in the reader's language."""
        return self.citation.replace(OWN_POLICY, gettext(OWN_POLICY))

    @property
    def confirmed(self) -> bool:
        """Whether somebody has confirmed the rule's number; one that is gone stays as it was."""
        rule = by_id().get(self.rule)
        return rule is None or rule.confidence not in {"medium", "low"}

    @property
    def words(self) -> str:
        """The rule's own words in the reader's language; empty for a rule that is gone."""
        rule = by_id().get(self.rule)
        if rule is None:
            return ""
        return rule.text_zh if (get_language() or "").startswith("zh") else rule.text

    @property
    def steps(self) -> list[str]:
        """Each step of the count, as a sentence in the reader's language."""
        chinese = (get_language() or "").startswith("zh")
        # Rows of before 2026-12 keep English sentences alone.
        return [one if isinstance(one, str) else one[chinese] for one in self.trace]

    @property
    def name(self) -> str:
        """The rule's name in the reader's language."""
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en
