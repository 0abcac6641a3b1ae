"""The claim's verbs as the seed presses them: machines, events and the ledger in step."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks import matters
from benchmarks.seed import money
from benchmarks.seed.life import Life
from disputes import facts as facts_of
from disputes.models import Chargeback, Decision
from disputes.models.decision import Basis
from disputes.outcomes import LOST, WON, Hold
from kernel.actors import SYSTEM, Actor, cardholder
from law import stages
from ledger.models import Transfer
from tickets.models import Message


class Verbs:
    """What happens to one case, each called with the clerk who does it."""

    def __init__(self, life: Life, chance: Random) -> None:
        self.life, self.chance = life, chance
        self.lent: list[Transfer] = []
        self.legs: list[Chargeback] = []

    def acknowledge(self, clerk: Actor) -> None:
        self.life.press(self.life.dispute, "acknowledge", clerk)
        self.life.meet("dispute.acknowledge")

    def investigate(self, clerk: Actor) -> None:
        self.life.press(self.life.dispute, "investigate", clerk)
        self.life.press(self.life.ticket, "take", clerk, assignee_id=clerk.user.pk)

    def reroute(self, _clerk: Actor) -> None:
        to = self.chance.choice(("customer_service", "customer_service", "collections"))
        if to != self.life.ticket.department:
            self.life.press(
                self.life.ticket, "reroute", SYSTEM, department=to, because="Asked for by phone"
            )
            self.life.pass_to(to)

    def ask_cardholder(self, clerk: Actor) -> None:
        self.life.press(self.life.dispute, "ask_cardholder", clerk)
        self.life.say(Message.Direction.OUT, "Please send us the receipt.", clerk)
        self.life.note("ticket.write", clerk, direction="out", masked=0)
        self.life.wait("cardholder", "receipt", 14)

    def reply(self, _clerk: Actor) -> None:
        person = cardholder(self.life.ticket.cardholder)
        self.life.say(Message.Direction.IN, self.chance.choice(matters.REPLIES), person)
        self.life.note("ticket.write", person, direction="in", masked=0)
        self.life.resume()

    def time_out(self, _clerk: Actor) -> None:
        self.life.resume("time_out")

    def grant_credit(self, clerk: Actor) -> None:
        for item in self.life.items:
            self.life.press(self.life.dispute, "grant_credit", clerk)
            self.lent.append(money.lend(self.life, item))

    def charge_back(self, clerk: Actor) -> None:
        ticket, dispute = self.life.ticket, self.life.dispute
        network = ticket.account.network
        code = facts_of.likeliest_code(dispute.reason_row, network)
        if not code or not self.life.items:
            return
        item = self.life.items[0]
        leg = Chargeback(
            ticket=ticket, item=item, network=network, code=code, currency=item.currency,
            workflow=stages.workflow_of(network, code), amount_minor=item.open_minor,
        )  # fmt: skip
        self.life.bulk.add(leg)
        self.life.note("chargeback.prepare", clerk, leg.state, item=1, code=code, leg=1)
        day = self.life.at.date()
        self.life.press(leg, "submit", clerk, on=day, network_reference=f"net-{leg.pk}")
        leg.wanted, leg.silence = "answer the chargeback", "time_out_acquirer"
        leg.due_on = day + timedelta(days=30)
        self.legs.append(leg)
        self.life.wait("merchant", leg.wanted, 30, "chargeback")

    def record_win(self, clerk: Actor) -> None:
        if not self.legs:
            return
        leg, item = self.legs[0], self.life.items[0]
        self.life.press(leg, "record_win", clerk, recovered_minor=leg.amount_minor)
        money.recover(self.life, item, leg.amount_minor)
        self.life.resume()

    def resolve(self, clerk: Actor) -> None:
        """Decide for the cardholder, or, of those whose money did not come back, against."""
        life = self.life
        lost = not self.lent and not self.legs and self.chance.random() < 0.5
        outcome = LOST if lost else WON
        life.press(life.dispute, "resolve", clerk, outcome=outcome)
        decision = life.bulk.add(
            Decision(
                dispute=life.dispute,
                round=1,
                outcome=outcome,
                decided_by=clerk.ref,
                at=life.at,
                basis=Basis.NO_ERROR if lost else Basis.ERROR_AS_ASSERTED,
            )
        )
        for item in life.items:
            item.outcome, item.live = outcome, False
            if lost:
                money.deny(life, item, decision, clerk)
            else:
                money.grant(life, item, self.lent)
        life.pass_to("")

    def conclude(self, _clerk: Actor) -> None:
        life = self.life
        owes = any(item.denied_minor for item in life.items)
        until = (life.at + timedelta(days=25)).date() if owes else None
        hold = Hold.PAYMENT_WINDOW if owes else Hold.RELEASED
        life.press(life.dispute, "conclude", SYSTEM, hold=hold, hold_until=until)
        life.meet("dispute.resolve")
        self._over(life.dispute.outcome)

    def withdraw(self, _clerk: Actor) -> None:
        life = self.life
        person, final_at = cardholder(life.ticket.cardholder), life.at + timedelta(days=3)
        life.press(life.dispute, "withdraw", person, cause="recognised_charge", final_at=final_at)

    def confirm_withdrawal(self, _clerk: Actor) -> None:
        life = self.life
        life.press(life.dispute, "confirm_withdrawal", SYSTEM)
        for item in life.items:
            item.outcome, item.live = "withdrawn", False
            item.denied_minor, item.open_minor = item.open_minor, 0
        self._over("withdrawn")

    def close(self, _clerk: Actor) -> None:
        self.life.press(self.life.ticket, "close", SYSTEM)

    def _over(self, resolution: str) -> None:
        self.life.end()
        self.life.press(self.life.ticket, "conclude", SYSTEM, resolution=resolution)
