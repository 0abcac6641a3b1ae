"""Disputes as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesApp(AppConfig):
    """Claims and recoveries."""

    name = "disputes"
    verbose_name = _("Disputes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of new statements: they may give a claim's dates what these wait for."""
        from accounts import listeners
        from disputes.services import new_facts

        listeners.listen("statement", new_facts.statements)
