"""A random walk over every verb: the people, the network and the clock of one claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from disputes import services
from disputes.models import Chargeback, Dispute
from disputes.services import Answer, Verdict, news, recovery
from kernel import actors
from kernel.actors import Actor
from kernel.errors import Refusal
from tests import make
from tickets import messages, tasks
from tickets import services as tickets
from tickets.models import Ticket

LEG_VERBS = [
    "record_representment", "record_pre_arbitration", "answer_pre_arbitration",
    "go_pre_arbitration", "go_arbitration", "record_arbitration", "record_win", "record_loss",
    "accept", "ask_back", "record_withdrawal", "record_refusal",
]  # fmt: skip


class Walk:
    """One claim of several items, some people, and a clock; ``step`` does one random thing."""

    def __init__(self, seed: int, start: datetime) -> None:
        self.dice, self.now, self.said = Random(seed), start, 0
        holder = make.cardholder(time_zone=self.dice.choice(["America/New_York", "Asia/Shanghai"]))
        of = make.account(holder, network=self.dice.choice(["visa", "mastercard"]))
        minor = self.dice.choice([1_400, 12_900, 60_000])
        self.dispute = make.filed(
            account=of, items=self.dice.choice([1, 2]), minor=minor, at=self.now,
            reason=self.dice.choice(["duplicate", "goods_not_received", "wrong_amount"]),
        )  # fmt: skip
        self.people: list[Actor] = [
            make.clerk("finance"), make.clerk("finance"), make.clerk("customer_service"),
            make.clerk("collections"), make.clerk("lead", "finance"), make.clerk("lead"),
            actors.cardholder(holder), actors.cardholder(make.cardholder()),
        ]  # fmt: skip
        self.log: list[str] = []

    def step(self) -> None:
        """Do one thing; a refusal is an answer too."""
        self.now += timedelta(minutes=self.dice.randrange(1, 600))
        do = self.dice.choice(self._moves())
        try:
            do()
            self.log.append(f"{do.__name__}: done")
        except Refusal as refusal:
            self.log.append(f"{do.__name__}: {refusal.code}")

    def claim(self) -> Dispute:
        """The claim as it stands."""
        return Dispute.objects.select_related("ticket").get(pk=self.dispute.pk)

    def finish(self) -> None:
        """Let a diligent desk bring the claim to its end: proof that there is a way out."""
        finance, lead = make.clerk("finance"), make.clerk("lead")
        for _turn in range(12):
            case = self.claim()
            if case.proposed:
                services.reject(case, actor=lead, at=self.now)
            elif case.state == "withdrawing":
                services.undo_withdrawal(case, actor=make.clerk("customer_service"), at=self.now)
            elif case.state in {"filed", "acknowledged", "investigating"}:
                services.resolve(case, actor=finance, at=self.now, answer=_granting(case))
                if self.claim().proposed:
                    services.approve(self.claim(), actor=lead, at=self.now)
            elif case.state == "resolving":
                services.letter_left(case, at=self.now)
            else:
                self._end_legs()
                for row in case.items.filter(credit="provisional"):
                    services.announce_reversal(case, actor=finance, at=self.now, item=row.number)
                for task in case.ticket.tasks.filter(state="asked"):
                    tasks.cancel(task, actor=finance, at=self.now)
                self.now += timedelta(days=45)
                services.sweep(self.now)
            self.now += timedelta(minutes=5)

    def _end_legs(self) -> None:
        finance = make.clerk("finance")
        for leg in Chargeback.objects.filter(item__dispute=self.dispute, ended_at=None):
            verb = "record_withdrawal" if leg.state == "prepared" else "record_loss"
            getattr(recovery, verb)(leg, actor=finance, at=self.now)

    def _moves(self) -> list[Callable[[], Any]]:
        return [
            self.work, self.work, self.lend, self.decide, self.decide, self.second_person,
            self.recover, self.recover, self.recover, self.news, self.withdraw, self.reassert,
            self.envelope, self.write, self.time_passes, self.letter, self.reversal,
        ]  # fmt: skip

    def someone(self) -> Actor:
        return self.dice.choice(self.people)

    def work(self) -> None:
        verb = self.dice.choice(["acknowledge", "investigate"])
        getattr(services, verb)(self.claim(), actor=self.someone(), at=self.now)

    def lend(self) -> None:
        minor = self.dice.choice([None, 700, 0, 10**9])
        services.grant_credit(
            self.claim(), actor=self.someone(), at=self.now, item=self._item(), minor=minor
        )

    def decide(self) -> None:
        case = self.claim()
        finding = services.find(
            case, actor=self.people[0], at=self.now, statement="Seen.",
            exhibit=f"transaction:{case.items.first().transaction.external_ref}",
        )  # fmt: skip
        verdicts = [self._verdict(row, finding.number) for row in case.items.all()]
        basis = self.dice.choice(["no_error", "error_as_asserted", "different_error"])
        services.resolve(
            case, actor=self.someone(), at=self.now, answer=Answer(basis, verdicts, "Because.")
        )

    def second_person(self) -> None:
        verb = self.dice.choice(["approve", "reject", "recall"])
        getattr(services, verb)(self.claim(), actor=self.someone(), at=self.now)

    def recover(self) -> None:
        leg = self._leg()
        if leg is None:
            code = self.dice.choice(["12.6.1", "4834", "13.1", "4853", "12.5", "10.4"])
            recovery.prepare(
                self.claim(), actor=self.someone(), at=self.now, item=self._item(), code=code
            )
        elif leg.state == "prepared":
            self.said += 1
            recovery.submit(
                leg, actor=self.someone(), at=self.now, holds=leg.evidence,
                network_reference=f"walk-{self.dispute.pk}-{self.said}",
            )  # fmt: skip
        else:
            verb = self.dice.choice(LEG_VERBS)
            getattr(recovery, verb)(leg, actor=self.someone(), at=self.now)

    def news(self) -> None:
        leg = self._leg()
        self.said += 1
        news.receive(
            news.News(
                network=leg.network if leg else "visa", event_id=f"e{self.dispute.pk}-{self.said}",
                network_reference=leg.network_reference if leg else "nobody",
                kind=self.dice.choice([*news.KINDS, "gossip"]), version=self.dice.randrange(1, 9),
                occurred_at=self.now, amount_minor=self.dice.choice([None, 500, 10**9]),
            ),
            actor=Actor("integrator", ref="integrator:net"), at=self.now,
        )  # fmt: skip

    def withdraw(self) -> None:
        case = self.claim()
        if case.state == "withdrawing":
            services.undo_withdrawal(case, actor=self.someone(), at=self.now)
        else:
            services.withdraw(case, actor=self.someone(), at=self.now, cause="family_member")

    def reassert(self) -> None:
        services.reassert(self.claim(), actor=self.someone(), at=self.now, because="Look again.")

    def envelope(self) -> None:
        ticket, actor = self.claim().ticket, self.someone()
        kind = self.dice.choice(["take", "reroute", "wait", "resume", "resolve", "ask"])
        if kind == "reroute":
            to = self.dice.choice(["finance", "customer_service", "collections"])
            tickets.reroute(ticket, actor=actor, at=self.now, to=to, because="x", summary="y")
        elif kind == "wait":
            tickets.wait(
                ticket, actor=actor, at=self.now, on="cardholder", wanted="papers",
                until=self.now + timedelta(days=3),
            )  # fmt: skip
        elif kind == "ask":
            tasks.ask(ticket, actor=actor, at=self.now, department="collections", question="?")
        elif kind == "resolve":
            tickets.resolve(ticket, actor=actor, at=self.now, resolution="done")
        elif kind == "take" and actor.kind != "staff":
            return
        else:
            getattr(tickets, kind)(ticket, actor=actor, at=self.now)

    def write(self) -> None:
        ticket, actor = self.claim().ticket, self.people[6]
        messages.write(ticket, direction="in", body="Hello", actor=actor, at=self.now)

    def time_passes(self) -> None:
        self.now += timedelta(days=self.dice.choice([1, 5, 20, 50]))
        services.sweep(self.now)

    def letter(self) -> None:
        services.letter_left(self.claim(), at=self.now)

    def reversal(self) -> None:
        verb = self.dice.choice(["announce_reversal", "stop_reversal"])
        getattr(services, verb)(self.claim(), actor=self.someone(), at=self.now, item=self._item())

    def _item(self) -> int:
        return self.dice.choice([1, 1, 2, 3])

    def _leg(self) -> Chargeback | None:
        legs = Chargeback.objects.filter(item__dispute=self.dispute, ended_at=None)
        return self.dice.choice(list(legs) or [None])

    def _verdict(self, row: Any, finding: int) -> Verdict:
        outcome = self.dice.choice(
            ["won", "won", "lost", "lost", "partly_won", "merchant_credited", "written_off",
             "corrected", "invalid"]
        )  # fmt: skip
        granted = {"partly_won": row.disputed_minor // 2, "lost": 0, "invalid": 0}.get(
            outcome, row.disputed_minor
        )
        return Verdict(
            row.number, outcome, granted, self.dice.choice([0, 250]),
            [("not_duplicate", finding)] if self.dice.random() < 0.8 else [],
        )  # fmt: skip


def _granting(case: Dispute) -> Answer:
    return Answer(
        "error_as_asserted",
        [Verdict(row.number, "won", row.disputed_minor) for row in case.items.all()],
    )


def ticket_of(walk: Walk) -> Ticket:
    """The walk's envelope as it stands."""
    return Ticket.objects.get(pk=walk.dispute.ticket_id)
