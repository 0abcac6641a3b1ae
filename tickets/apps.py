"""The envelope as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsApp(AppConfig):
    """The envelope."""

    name = "tickets"
    verbose_name = _("Cases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the law use the calendars that the issuer chose; check that they are there."""
        from tickets import calendars

        calendars.choose()
