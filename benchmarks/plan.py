"""The requests of a run: made from what the seed holds, before the clock starts."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from accounts import tokens
from accounts.models import Cardholder, CardTransaction
from benchmarks import matters
from benchmarks.scenarios import SCENARIOS
from disputes.models import Dispute
from disputes.models.chargeback import LIVE
from disputes.models.dispute import ACKNOWLEDGED, FILED, INVESTIGATING
from tickets.models import Ticket

Request = tuple[str, str, dict[str, str], str | None]
_FILED_WITHIN = timedelta(days=40)
_REASONS = ("fraud_card_absent", "goods_not_received", "duplicate", "not_as_described")


class Plan:
    """The requests of every scenario; ``now`` is when the run starts."""

    def __init__(self, now: datetime) -> None:
        self.now, self.chance = now, Random(1)  # noqa: S311  each run asks the same
        self.token = cache(self._token)

    def plain(self) -> dict[str, Any]:
        """The plan as the client reads it."""
        makers: dict[str, Callable[[int], Iterator[Request]]] = {
            "unit": self._unit, "file": self._file, "read": self._read, "list": self._list,
            "verb": self._verb, "desk_list": self._desk_list, "desk_case": self._desk_case,
            "desk_verb": self._desk_verb,
        }  # fmt: skip
        expected = {"file": 201, "verb": 202, "desk_verb": 302}
        return {
            one.code: {
                "expected": expected.get(one.code, 200), "again": one.again,
                "requests": list(makers[one.code](one.most)),
            }
            for one in SCENARIOS
        }  # fmt: skip

    def _unit(self, most: int) -> Iterator[Request]:
        for reference, holder in self._cases(most):
            yield "GET", f"/bench/unit/{reference}", self._bearer(holder), None

    def _read(self, most: int) -> Iterator[Request]:
        for reference, holder in self._cases(most):
            yield "GET", f"/api/v1/cases/{reference}", self._bearer(holder), None

    def _list(self, most: int) -> Iterator[Request]:
        people = Cardholder.objects.filter(tickets__isnull=False).distinct()
        for holder in people.order_by("external_ref").values_list("external_ref", flat=True)[:most]:
            yield "GET", "/api/v1/cases", self._bearer(holder), None

    def _file(self, most: int) -> Iterator[Request]:
        rows = CardTransaction.objects.filter(
            items=None, amount_minor__gt=0, posted_on__gt=(self.now - _FILED_WITHIN).date()
        ).select_related("account__cardholder")
        for row in rows.order_by("?")[:most]:
            reason = self.chance.choice(_REASONS)
            item = {
                "transaction": row.external_ref, "amount": row.amount_minor,
                "currency": row.currency,
            }  # fmt: skip
            body = {
                "reason": reason, "items": [item], "story": self.chance.choice(matters.STORIES),
                "answers": matters.answers(
                    reason, row.posted_on, row.amount_minor, row.currency
                ),
            }  # fmt: skip
            holder = row.account.cardholder.external_ref
            yield "POST", "/api/v1/disputes", self._sent(holder), json.dumps(body)

    def _verb(self, most: int) -> Iterator[Request]:
        found = Dispute.objects.filter(state__in=[ACKNOWLEDGED, INVESTIGATING], proposed="")
        busy = Dispute.objects.filter(items__legs__state__in=LIVE)
        rows = (
            found.exclude(pk__in=busy)
            .order_by("?")
            .values_list("ticket__reference", "ticket__seq", "ticket__cardholder__external_ref")
        )
        for reference, version, holder in rows[:most]:
            headers = {**self._sent(holder), "If-Match": f'"v{version}"'}
            path = f"/api/v1/cases/{reference}/withdrawal-requests"
            yield "POST", path, headers, json.dumps({"cause": "filed_by_mistake"})

    def _desk_list(self, most: int) -> Iterator[Request]:
        for headers in self._clerks():
            yield "GET", "/admin/tickets/ticket/", headers, None

    def _desk_case(self, most: int) -> Iterator[Request]:
        clerks = self._clerks()
        cases = Ticket.objects.filter(department="finance").order_by("?")
        for pk in cases.values_list("pk", flat=True)[:most]:
            yield "GET", f"/admin/tickets/ticket/{pk}/change/", self.chance.choice(clerks), None

    def _desk_verb(self, most: int) -> Iterator[Request]:
        clerks = self._clerks()
        rows = Dispute.objects.filter(state=FILED, ticket__department="finance").order_by("?")
        for pk, version in rows.values_list("pk", "ticket__seq")[:most]:
            secret = secrets.token_hex(16)
            headers = dict(self.chance.choice(clerks))
            headers["Cookie"] += f"; csrftoken={secret}"
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = f"csrfmiddlewaretoken={secret}&version={version}"
            yield "POST", f"/admin/disputes/dispute/{pk}/do/acknowledge/", headers, body

    def _cases(self, most: int) -> Iterator[tuple[str, str]]:
        rows = Ticket.objects.order_by("?").values_list("reference", "cardholder__external_ref")
        return iter(rows[:most])

    def _clerks(self) -> list[dict[str, str]]:
        """A session for each member of staff of finance."""
        found = []
        for user in User.objects.filter(groups__name="finance").exclude(groups__name="lead"):
            browser = Client()
            browser.force_login(user)
            found.append({"Cookie": f"sessionid={browser.cookies['sessionid'].value}"})
        return found

    def _bearer(self, holder: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(holder)}"}

    def _sent(self, holder: str) -> dict[str, str]:
        return {
            **self._bearer(holder), "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.UUID(int=self.chance.getrandbits(128), version=4)),
        }  # fmt: skip

    def _token(self, holder: str) -> str:
        return tokens.issue(holder, at=self.now, lifetime=timedelta(days=1))
