"""Calendars that the issuer has loaded: announced years, and closures of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedCalendar(models.Model):
    """One load. The newest of a calendar and year counts; older ones are kept as they were.

    With a ``year`` the dates are that whole year's; without, closures on top of the calendar or,
    under an id of the issuer's own, on top of ``base``.
    """

    calendar = models.CharField(_("calendar"), max_length=40)
    base = models.CharField(_("on top of"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    closed = models.JSONField(_("closed"), default=list)
    opened = models.JSONField(_("open weekends"), default=list)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=60, blank=True)
    loaded_at = models.DateTimeField(_("loaded"))
    loaded_by = models.CharField(_("by"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("loaded calendar")
        verbose_name_plural = _("loaded calendars")
        default_permissions = ("view",)
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.calendar} {self.year or ''}".strip()
