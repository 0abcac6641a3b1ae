"""Loads the system checks."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """The wiring, as an app so that its checks, templates and translations are found."""

    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the checks
