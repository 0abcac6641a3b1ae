"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerApp(AppConfig):
    """Case money."""

    name = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
