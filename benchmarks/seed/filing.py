"""Filing in bulk: what ``disputes.services.file`` leaves behind, without asking the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from accounts.cycles import Bill
from accounts.models import Cardholder, CardTransaction
from benchmarks import matters
from benchmarks.seed import people
from benchmarks.seed.bulk import Bulk
from benchmarks.seed.life import Life
from benchmarks.seed.people import Held
from disputes import facts, reasons
from disputes.models import Dispute, DisputeItem
from kernel.actors import SYSTEM, cardholder
from kernel.money import Money
from tickets import deadlines, routing
from tickets.models import Deadline, Message
from tickets.services import Opening


def filed(bulk: Bulk, chance: Random, holder: Cardholder, held: Held, at: datetime) -> Life:
    """File one dispute about purchases of the weeks before."""
    reason = reasons.get(matters.reason(chance))
    posted_on = (at - timedelta(days=chance.randint(4, 40))).date()
    wanted = 0 if reason.code in matters.NO_TRANSACTION else chance.choices((1, 2), (85, 15))[0]
    rows = [people.purchase(bulk, chance, held, posted_on, at) for _row in range(wanted)]
    amount = Money(sum(row.amount_minor for row in rows), held.account.currency)
    claim = Dispute(
        reason=reason.code, notice_on=at.astimezone(holder.zone).date(),
        answers=matters.answers(reason.code, posted_on, amount.minor, amount.currency),
    )  # fmt: skip
    matter = routing.Matter(
        kind="dispute", topic=reason.code, family=reason.family, jurisdiction=holder.jurisdiction,
        department_hint=reason.department, vulnerable=holder.vulnerable,
    )  # fmt: skip
    opening = Opening(
        matter=matter, cardholder=holder, account=held.account, received_at=at, amount=amount
    )
    rule = routing.route(matter)
    life = Life(bulk, opening.ticket(rule.to), _dates(holder, held, claim, rows, opening))
    _open(life, claim, rule, chance)
    life.items = [bulk.add(row) for row in _items(claim, rows)]
    return life


def _open(life: Life, claim: Dispute, rule: routing.Rule, chance: Random) -> None:
    """The case's first events, its first turn and first words."""
    claim.ticket = life.ticket
    life.dispute = life.bulk.add(claim)
    person = cardholder(life.ticket.cardholder)
    life.note("ticket.open_ticket", person, life.ticket.state, source="app")
    life.note("dispute.file", person, claim.state, reason=claim.reason, late=False,
              minor=life.ticket.amount_minor, currency=life.ticket.currency)  # fmt: skip
    life.press(life.ticket, "triage", SYSTEM, department=rule.to, because=rule.why,
               priority=rule.priority)  # fmt: skip
    life.pass_to(rule.to)
    life.say(Message.Direction.IN, chance.choice(matters.STORIES), person)


def _items(claim: Dispute, rows: Sequence[CardTransaction]) -> list[DisputeItem]:
    return [
        DisputeItem(
            dispute=claim, transaction=row, number=number, currency=row.currency,
            disputed_minor=row.amount_minor, open_minor=row.amount_minor,
        )
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip


def _dates(
    holder: Cardholder,
    held: Held,
    claim: Dispute,
    rows: Sequence[CardTransaction],
    opening: Opening,
) -> list[Deadline]:
    """Every clock that the notice starts, by the same law and from the same facts."""
    told = facts.Assertion(
        claim.reason_row, claim.answers, opening.received_at,
        opening.amount.minor if opening.amount else 0, opening.matter.source,
    )  # fmt: skip
    billed = [Bill(row.closing_on, row.transmitted_on, row.pk) for row in held.statements]
    return [
        row
        for subject, known in facts.of_claim(held.account, told, rows, billed)
        for row in deadlines.rows(known, time_zone=holder.time_zone, subject=subject)
    ]
