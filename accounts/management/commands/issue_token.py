"""Sign a token for a cardholder or for one of the issuer's systems."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import tokens
from accounts.models import Cardholder


class Command(BaseCommand):
    help = "Print a bearer token: for a cardholder, or with --integrator for a system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cardholder", nargs="?", help="the issuer's reference of the person")
        parser.add_argument("--integrator", metavar="NAME", help="one of the issuer's systems")
        parser.add_argument("--scope", action="append", default=[], choices=tokens.SCOPES)
        parser.add_argument("--hours", type=int, default=12, help="how long it holds (12)")

    def handle(self, *args: Any, **options: Any) -> None:
        name, system = options["cardholder"], options["integrator"]
        if settings.TOKEN_JWKS_URL:
            raise CommandError("Tokens come from the identity provider (RECOURSE_TOKEN_JWKS_URL).")
        if bool(name) == bool(system):
            raise CommandError("Name a cardholder, or a system with --integrator NAME.")
        if options["hours"] < 1:
            raise CommandError("--hours must be 1 or more.")
        if name and options["scope"]:
            raise CommandError("--scope belongs to --integrator; a cardholder needs none.")
        if name and not Cardholder.objects.filter(external_ref=name).exists():
            raise CommandError(f"There is no cardholder {name!r}.")
        self.stdout.write(
            tokens.issue(
                name or system,
                at=timezone.now(),
                kind="cardholder" if name else "integrator",
                scopes=options["scope"],
                lifetime=timedelta(hours=options["hours"]),
            )
        )
