"""The letters as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachApp(AppConfig):
    """Notices, their letters, and the channels that carry them."""

    name = "outreach"
    verbose_name = _("Letters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from outreach import checks  # noqa: F401  registers the check
