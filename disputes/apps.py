"""Disputes as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesApp(AppConfig):
    """Claims and recoveries."""

    name = "disputes"
    verbose_name = _("Disputes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of new statements, and say what is known of a claim when dates are counted again."""
        from accounts import listeners
        from disputes.services import new_facts
        from tickets import reassessing

        listeners.listen("statement", new_facts.statements)
        reassessing.register("dispute", new_facts.known, new_facts.follow)
