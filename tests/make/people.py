"""Cardholders of each place, their accounts and bills, and the people at the desk."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from kernel import actors
from kernel.actors import Actor

_count = itertools.count(1)

# What a test's claim is about unless it says otherwise: 129.00, above the small-amount limit and
# below the limit of four eyes.
AMOUNT = 12_900
# Where the cardholders of a jurisdiction live, and in what their accounts are kept.
PLACES = {
    "us": ("America/New_York", "USD"), "gb": ("Europe/London", "GBP"),
    "cn": ("Asia/Shanghai", "CNY"), "eu": ("Europe/Berlin", "EUR"),
    "au": ("Australia/Sydney", "AUD"), "ca": ("America/Toronto", "CAD"),
    "sg": ("Asia/Singapore", "SGD"), "hk": ("Asia/Hong_Kong", "HKD"),
    "in": ("Asia/Kolkata", "INR"), "nz": ("Pacific/Auckland", "NZD"),
}  # fmt: skip


def home(jurisdiction: str) -> tuple[str, str]:
    """Time zone and currency of a jurisdiction; of one that nobody knows, as in New York."""
    return PLACES.get(jurisdiction, PLACES["us"])


def number() -> int:
    """A number that no other thing of this run bears."""
    return next(_count)


def cardholder(**fields: Any) -> Cardholder:
    """A cardholder in New York, or at home in ``jurisdiction``, unless ``fields`` say otherwise."""
    one = number()
    place = fields.get("jurisdiction", "us")
    return Cardholder.objects.create(
        **{
            "external_ref": f"ch-{one}", "name": f"Ada Example {one}", "language": "en",
            "time_zone": home(place)[0], "jurisdiction": place,
            "email": f"ada{one}@mail.example",
            "postal_address": f"{one} Main Street\nSpringfield", **fields,
        }
    )  # fmt: skip


def account(holder: Cardholder | None = None, **fields: Any) -> CardAccount:
    """A Visa account in the money of where its holder lives."""
    one = number()
    holder = holder or cardholder()
    return CardAccount.objects.create(
        **{
            "external_ref": f"acc-{one}", "cardholder": holder, "token": f"tok-{one}",
            "last_four": f"{one % 10_000:04d}", "network": "visa",
            "currency": home(holder.jurisdiction)[1], "product": "Everyday", "cycle_day": 5,
            **fields,
        }
    )  # fmt: skip


def statement(of: CardAccount, closing_on: date, **fields: Any) -> Statement:
    """A statement that was sent two days after it closed."""
    return Statement.objects.create(
        **{
            "account": of, "external_ref": f"st-{closing_on}", "closing_on": closing_on,
            "transmitted_on": closing_on + timedelta(days=2),
            "due_on": closing_on + timedelta(days=25), "balance_minor": 50_000,
            "minimum_minor": 2_500, "currency": of.currency, **fields,
        }
    )  # fmt: skip


def transaction(of: CardAccount | None = None, **fields: Any) -> CardTransaction:
    """A charge that was posted three weeks ago and is on no statement yet."""
    one = number()
    of = of or account()
    posted_on = fields.pop("posted_on", timezone.now().date() - timedelta(days=21))
    return CardTransaction.objects.create(
        **{
            "account": of, "external_ref": f"tx-{one}", "network_reference": f"arn-{one}",
            "posted_on": posted_on, "processing_on": posted_on, "transacted_on": posted_on,
            "amount_minor": AMOUNT, "currency": of.currency, "merchant_name": "Shoes & Co",
            "mcc": "5661", "country": "US", **fields,
        }
    )  # fmt: skip


def staff(*departments: str, **fields: Any) -> User:
    """A member of staff in departments ("finance", "lead")."""
    if not Group.objects.filter(name="finance").exists():
        call_command("sync_departments", verbosity=0)
    one = number()
    user = User.objects.create_user(
        username=f"{departments[0] if departments else 'nobody'}-{one}",
        **{"is_staff": True, "first_name": "Li", "last_name": f"Wei {one}", **fields},
    )
    user.groups.set(Group.objects.filter(name__in=departments))
    return user


def clerk(*departments: str) -> Actor:
    """A member of staff as an actor; finance unless said otherwise."""
    return actors.staff(staff(*(departments or ("finance",))))
