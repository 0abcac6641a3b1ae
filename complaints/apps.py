"""Complaints as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsApp(AppConfig):
    """Grievances, their decisions and their redress."""

    name = "complaints"
    verbose_name = _("Complaints")
    default_auto_field = "django.db.models.BigAutoField"
