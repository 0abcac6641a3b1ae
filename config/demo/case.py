"""One case of the demo: who it is about, who works on it, and the verbs as they are pressed."""

from __future__ import annotations

import itertools
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import CardAccount, CardTransaction
from config.demo import people
from config.demo.matters import Matter, network_code
from config.demo.staff import Staff
from disputes import services
from disputes.models import Chargeback, Dispute
from disputes.services import recovery
from disputes.services.news import News, receive
from kernel import actors
from kernel.actors import Actor
from kernel.money import Money
from tickets import attachments, messages
from tickets.departments import CUSTOMER_SERVICE, FINANCE, LEAD
from tickets.models import Ticket

Span = tuple[float, float]
WORDS: Mapping[str, Any] = json.loads(
    Path(__file__).with_name("words.json").read_text(encoding="utf-8")
)
NETWORK = Actor("integrator", None, "integrator:card-network")
_count = itertools.count(1)


class Case:
    """A claim on its way. ``at`` is the present instant of its story; the timeline sets it."""

    at: datetime

    def __init__(
        self, account: CardAccount, matter: Matter, staff: Staff, chance: Random, span: Span
    ) -> None:
        self.account, self.holder, self.zone = account, account.cardholder, account.cardholder.zone
        self.matter, self.chance, self.span = matter, chance, span
        self.clerk, self.front = staff.pick(FINANCE), staff.pick(CUSTOMER_SERVICE)
        self.second, self.lead = staff.pick(FINANCE), staff.pick(LEAD)
        self.cardholder = actors.cardholder(self.holder)
        self.reference = ""
        self._events = itertools.count(1)

    zone: ZoneInfo

    @property
    def code(self) -> str:
        """The network's code for this claim."""
        return network_code(self.matter.reason, self.account)

    @property
    def dispute(self) -> Dispute:
        """The claim as it stands."""
        return Dispute.objects.select_related("ticket__cardholder", "ticket__account").get(
            ticket__reference=self.reference
        )

    @property
    def ticket(self) -> Ticket:
        """The envelope as it stands."""
        return Ticket.objects.get(reference=self.reference)

    @property
    def leg(self) -> Chargeback:
        """The newest leg of recovery."""
        return Chargeback.objects.filter(ticket__reference=self.reference).latest("pk")

    def say(self, what: str, *, to: str = "cardholder") -> str:
        """Words for an occasion, in the cardholder's language or in the desk's."""
        chinese = to == "cardholder" and self.holder.language.startswith("zh")
        found: str = self.chance.choice(WORDS[what]["zh" if chinese else "en"])
        return found

    def charge(self, days_before: int = 20) -> CardTransaction:
        """A charge that is posted on the account some days before the present."""
        number = next(_count)
        row: CardTransaction = people.bring(
            "transaction",
            **people.purchase(
                {"external_ref": self.account.external_ref, "currency": self.account.currency},
                f"{self.account.external_ref}-d{number}",
                self.today - timedelta(days=days_before),
                merchant=self.matter.merchant(self.account, self.chance),
                minor=self.matter.minor(self.account, self.chance, self.span),
            ),
        )
        return row

    @property
    def today(self) -> date:
        """The present day where the cardholder lives."""
        return self.at.astimezone(self.zone).date()

    def file(
        self, *, items: int = 1, days_before: int = 20, source: str = "app", **more: Any
    ) -> None:
        """The cardholder files, or staff do for them when the notice came by post or telephone."""
        charges = (
            [self.charge(days_before) for _ in range(items)] if self.matter.about_charges else []
        )
        posted_on = self.today - timedelta(days=days_before)
        amount = charges[0].amount if charges else self._sum()
        twin = self.charge(days_before).external_ref if self.matter.reason == "duplicate" else ""
        notice = services.Notice(
            reason=self.matter.reason,
            items=[services.Claimed(c.external_ref, c.amount_minor, c.currency) for c in charges],
            answers=self.matter.answers(self.holder.language, posted_on, amount, twin),
            story=self.matter.story(self.holder.language, self.chance),
            account=self.account.external_ref, source=source,
        )  # fmt: skip
        actor = self.cardholder if source == "app" else self.front
        dispute = services.file(self.holder, notice, actor=actor, at=self.at)
        self.reference = dispute.ticket.reference

    def _sum(self) -> Money:
        return Money(self.matter.minor(self.account, self.chance, self.span), self.account.currency)

    def do(self, verb: Callable[..., Any], *, by: Actor | None = None, **inputs: Any) -> Any:
        """Press a verb of the claim, as its clerk unless somebody else is named."""
        return verb(self.dispute, actor=by or self.clerk, at=self.at, **inputs)

    def on_ticket(self, verb: Callable[..., Any], *, by: Actor | None = None, **inputs: Any) -> Any:
        """Press a verb of the envelope."""
        return verb(self.ticket, actor=by or self.clerk, at=self.at, **inputs)

    def on_leg(self, verb: Callable[..., Any], *, by: Actor | None = None, **inputs: Any) -> Any:
        """Press a verb of the newest leg of recovery."""
        return verb(self.leg, actor=by or self.clerk, at=self.at, **inputs)

    def submit(self) -> None:
        """Send the newest leg with everything that its code asks for."""
        leg = self.leg
        self.on_leg(
            recovery.submit, holds=leg.evidence,
            network_reference=f"{leg.network[:2].upper()}{self.at:%y%m%d}{leg.pk:05d}",
        )  # fmt: skip

    def news(self, kind: str, **more: Any) -> None:
        """The network tells something about the newest leg."""
        leg = self.leg
        receive(
            News(
                network=leg.network, event_id=f"{leg.network_reference}-{next(self._events)}",
                network_reference=leg.network_reference, kind=kind,
                version=leg.network_version + 1, occurred_at=self.at, currency=leg.currency,
                **more,
            ),
            actor=NETWORK,
            at=self.at,
        )  # fmt: skip

    def hear(self, what: str, *, with_file: bool = False) -> None:
        """The cardholder writes, and may send a photo along."""
        services.hear(self.ticket, actor=self.cardholder, at=self.at, body=self.say(what))
        if with_file:
            attachments.attach(
                self.ticket, name="receipt.png", content=picture(next(_count)),
                actor=self.cardholder, at=self.at, purpose="receipt",
            )  # fmt: skip

    def note(self, what: str = "note") -> None:
        """Staff write down something for their colleagues."""
        self.on_ticket(messages.write, direction=messages.NOTE, body=self.say(what, to="desk"))


def picture(number: int) -> bytes:
    """A small grey PNG that no other case has: files are kept once a case by their bytes."""

    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data
            + struct.pack(">I", zlib.crc32(name + data))
        )  # fmt: skip

    shades = bytes((number * 7 + place * 3) % 256 for place in range(64))
    rows = b"".join(b"\x00" + shades for _ in range(64))
    head = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    )  # fmt: skip
