"""The envelope as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsApp(AppConfig):
    """The envelope."""

    name = "tickets"
    verbose_name = _("Cases")
    default_auto_field = "django.db.models.BigAutoField"
