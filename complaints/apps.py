"""Complaints as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsApp(AppConfig):
    """Grievances, their decisions and their redress."""

    name = "complaints"
    verbose_name = _("Complaints")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what is known of a complaint when dates are counted again."""
        from complaints.services import clocks
        from tickets import reassessing

        reassessing.register("complaint", clocks.known)
