"""Walks that lead to each letter, by the buttons that lead there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from disputes import services
from disputes.models import Dispute
from disputes.services import Answer, Verdict
from kernel import actors
from outreach import services as outreach
from outreach.models import Notice
from tests import make
from tickets import messages
from tickets.machine import record

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # noon in New York, past midnight in Shanghai

HOLDERS = {
    "en": {"name": "Ada Lovelace", "email": "ada@mail.example"},
    "zh-hans": {
        "name": "王小明", "language": "zh-hans", "email": "wang@mail.example",
        "jurisdiction": "cn", "postal_address": "上海市世纪大道100号",
    },
}  # fmt: skip


class Case:
    """A case on its way; ``row`` is its dispute as it is now."""

    def __init__(self, language: str, *, items: int = 1, minor: int = 12_900) -> None:
        holder = make.cardholder(**HOLDERS[language])
        of = make.account(holder, last_four="4242")
        make.statement(of, (NOON - timedelta(days=40)).date())
        self.finance, self.at = make.clerk(), NOON
        self.pk = make.filed(account=of, items=items, minor=minor, at=NOON, received_at=NOON).pk

    @property
    def row(self) -> Dispute:
        return Dispute.objects.select_related("ticket__cardholder").get(pk=self.pk)

    @property
    def cardholder(self) -> actors.Actor:
        return actors.cardholder(self.row.ticket.cardholder)

    def press(self, verb: str, **inputs: object) -> Case:
        getattr(services, verb)(self.row, actor=self.finance, at=self.at, **inputs)
        return self

    def later(self, days: int) -> Case:
        self.at += timedelta(days=days)
        return self

    def lend(self, minor: int | None = None) -> Case:
        return self.press("grant_credit", item=1, minor=minor)

    def finding(self) -> int:
        message = messages.write(
            self.row.ticket, direction=messages.IN, body="It came.", actor=self.finance, at=self.at
        )
        return services.find(
            self.row, actor=self.finance, at=self.at, statement="You wrote that it came.",
            exhibit=f"message:{message.ref}",
        ).number  # fmt: skip

    def decide(self, outcome: str, granted: int = 0, charges: int = 0) -> Case:
        denies = outcome in {"lost", "partly_won", "invalid"}
        grounds = [("merchant_proved_delivery", self.finding())] if denies else []
        basis = {"invalid": "not_a_notice"}.get(outcome, "no_error")
        answer = Answer(
            basis if denies else "error_as_asserted",
            [
                Verdict(item.number, outcome, granted, charges, grounds)
                for item in self.row.items.all()
            ],
            "The parcel was signed for." if denies else "",
        )
        self.press("resolve", answer=answer)
        if self.row.state != "resolving":
            services.approve(self.row, actor=make.clerk("lead"), at=self.at)
        return self

    def letter(self) -> Notice:
        """The last letter, once everything has left."""
        outreach.deliver(self.at)
        return Notice.objects.filter(ticket=self.row.ticket).last()


def _withdraw(case: Case) -> Case:
    services.withdraw(case.row, actor=case.cardholder, at=case.at, cause="recognised_charge")
    return case


def _confirm(case: Case) -> Case:
    services.sweep(_withdraw(case.lend()).later(3).at)
    return case


def _reverse(case: Case) -> Case:
    case.lend(10_000).press("announce_reversal", item=1)
    services.sweep(case.later(7).at)
    return case


def _undo(case: Case) -> Case:
    services.undo_withdrawal(_withdraw(case).row, actor=case.cardholder, at=case.at)
    return case


def _reassert(case: Case) -> Case:
    case.decide("lost").letter()
    services.reassert(
        case.later(2).row, actor=case.cardholder, at=case.at, because="It never came."
    )
    return case


def _told(name: str, **facts: object) -> Callable[[Case], Case]:
    def tell(case: Case) -> Case:
        record(case.row.ticket_id, name, actor=actors.SYSTEM, at=case.at, facts=facts)
        return case

    return tell


WALKS: dict[str, Callable[[Case], Case]] = {
    "file": lambda case: case,
    "acknowledge": lambda case: case.press("acknowledge"),
    "ask_cardholder": lambda case: case.press(
        "ask_cardholder", evidence=["order_confirmation"], text="The first page is enough."
    ),
    "grant_credit": lambda case: case.lend(10_000),
    "announce_reversal": lambda case: case.lend(10_000).press("announce_reversal", item=1),
    "stop_reversal": lambda case: (
        case.lend(10_000).press("announce_reversal", item=1).press("stop_reversal", item=1)
    ),
    "reverse_credit": _reverse,
    "resolve_won": lambda case: case.lend().decide("won", 12_900, 312),
    "resolve_merchant_credited": lambda case: case.lend().decide("merchant_credited"),
    "resolve_partly_won": lambda case: case.decide("partly_won", 4_900),
    "resolve_lost": lambda case: case.lend().decide("lost"),
    "resolve_invalid": lambda case: case.decide("invalid"),
    "withdraw": _withdraw,
    "undo_withdrawal": _undo,
    "recall_failed": _told("dispute.recall_failed"),
    "confirm_withdrawal": _confirm,
    "reassert": _reassert,
    "credit_late": _told("dispute.credit_late", item=1, minor=12_900, currency="USD"),
}
