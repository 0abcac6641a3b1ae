"""What `make demo` prints: where to sign in, and a request that files a dispute."""

from __future__ import annotations

import json
import shlex
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count

from accounts import tokens
from accounts.models import Cardholder, CardTransaction
from config.demo.serving import HOST
from config.demo.staff import COLLEAGUES, PASSWORD
from tickets.departments import DEPARTMENTS, LEAD

TOKEN_HOURS = 12


def text(port: int, *, at: datetime) -> str:
    """Everything that a newcomer needs, ready to copy."""
    address = f"http://{HOST}:{port}"
    charge = _undisputed()
    holder = charge.account.cardholder
    token = tokens.issue(holder.external_ref, at=at, lifetime=timedelta(hours=TOKEN_HOURS))
    return "\n".join(
        [
            "",
            f"  The desk        {address}/admin/",
            *_sign_ins(),
            "",
            f"  The API         {address}/api/v1/docs   (problems: {address}/api/v1/docs/problems)",
            f"  A cardholder    {holder.name} ({holder.external_ref}); the token holds "
            f"{TOKEN_HOURS} hours:",
            "",
            f"TOKEN={token}",
            "",
            "  File a dispute as this cardholder:",
            "",
            _curl(address, charge),
            "",
            f"  Letters         by e-mail in {settings.EMAIL_FILE_PATH}, for post in "
            f"{settings.POST_SPOOL}",
            "  Everything here is made up. Stop with Ctrl-C; `make demo` again keeps the data.",
            "",
        ]
    )


def _sign_ins() -> list[str]:
    """One sign-in for each department, and a lead."""
    lines = []
    for group in (*DEPARTMENTS, LEAD):
        fit = [one for one in COLLEAGUES if group in one.groups]
        title = DEPARTMENTS[group].label if group in DEPARTMENTS else "Lead"
        lines.append(f"    {title!s:18}{fit[0].username}")
    return [*lines, f"    {'demo password':18}{PASSWORD}"]


def _undisputed() -> CardTransaction:
    """A recent charge of an English-speaking cardholder in the US that no claim names yet."""
    return (
        CardTransaction.objects.filter(
            items=None,
            amount_minor__gt=3_000,
            account__currency="USD",
            account__cardholder__in=Cardholder.objects.filter(jurisdiction="us", language="en"),
        )
        .annotate(cases=Count("account__cardholder__tickets"))
        .filter(cases__gt=0)
        .select_related("account__cardholder")
        .latest("posted_on", "pk")
    )


def _curl(address: str, charge: CardTransaction) -> str:
    body: dict[str, Any] = {
        "reason": "wrong_amount",
        "items": [
            {
                "transaction": charge.external_ref,
                "amount": charge.amount_minor,
                "currency": charge.currency,
            }
        ],
        "answers": {
            "correct_amount": {"minor": charge.amount_minor // 2, "currency": charge.currency}
        },
        "story": "The slip that I signed shows half of this.",
    }
    return (
        f"curl -sS {address}/api/v1/disputes \\\n"
        '  -H "Authorization: Bearer $TOKEN" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        f'  -H "Idempotency-Key: {uuid.uuid4()}" \\\n'
        f"  -d {shlex.quote(json.dumps(body))}"
    )
