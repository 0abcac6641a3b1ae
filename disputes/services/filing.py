"""Filing a claim: what is disputed, whether it may be, and everything that starts with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import redaction
from accounts import services as facts_in
from accounts.models import CardAccount, Cardholder, CardTransaction
from disputes import facts, policy, reasons
from disputes.models import Dispute, DisputeItem
from disputes.services import claimed
from disputes.services.claimed import Notice
from kernel.actors import Actor
from kernel.errors import Missing, Unfit
from kernel.money import Money
from tickets import deadlines, history, messages
from tickets import services as tickets
from tickets.machine import one_transaction
from tickets.models import Deadline, Event, Ticket
from tickets.routing import Matter


@one_transaction()
def file(cardholder: Cardholder, notice: Notice, *, actor: Actor, at: datetime) -> Dispute:
    """Open a dispute: check, lock what is disputed, route, start every clock, keep the words.

    A late notice is accepted and marked. Below the small-amount limit the policy decides at
    once, with the rule on record. The same (source, external reference) returns the first case.

    Raises:
        Unfit: unknown transaction or reason, amount above what is left, answers missing, ….
        NotNow: the transaction is in an open dispute already.
        NotAllowed: staff without the right to file on behalf.
    """
    from disputes.services.decisions import resolve_small

    policy.may_file(actor)
    known = _already(cardholder, notice)
    if known is not None:
        return known
    reason = reasons.get(notice.reason)
    answers = _clean(reason, notice, strict=actor.kind == "cardholder")
    rows = claimed.lock(cardholder, notice)
    account = _account(cardholder, notice, rows)
    received_at = _received(notice, at)
    local = received_at.astimezone(cardholder.zone).date()
    amount = Money(sum(claim.minor for claim in notice.items), account.currency)
    told = facts.Assertion(reason, answers, received_at, amount.minor, notice.source)
    dates = _dates(account, told, rows)
    late = any(_missed(row, local) for row in dates)
    filed = _filed(reason, len(rows), amount, late=late, actor=actor, at=at)
    opening = tickets.Opening(
        matter=_matter(cardholder, reason, answers, notice),
        cardholder=cardholder,
        account=account,
        received_at=received_at,
        amount=amount,
        external_ref=notice.external_ref,
        reference=notice.reference,
    )
    ticket = tickets.open_ticket(
        opening,
        actor=actor,
        at=at,
        dates=dates,
        words=_words(notice, actor, received_at),
        then=[filed],
    )
    dispute = Dispute.objects.create(
        ticket=ticket, reason=reason.code, answers=answers, notice_on=local, late=late
    )
    # Whoever answers the notice need not read back what was written a moment ago.
    dispute.known_items = _items(dispute, notice, rows)
    return resolve_small(dispute, at=at) if rows and not late else dispute


def _filed(
    reason: reasons.Reason, items: int, amount: Money, *, late: bool, actor: Actor, at: datetime
) -> Event:
    """The claim's own first event."""
    told = {
        "reason": reason.code,
        "items": items,
        "minor": amount.minor,
        "currency": amount.currency,
        "late": late,
    }
    return history.unchained("dispute.file", actor, at, "", "filed", told)


def _already(cardholder: Cardholder, notice: Notice) -> Dispute | None:
    if not notice.external_ref:
        return None
    # Deliveries of one notice queue here, and the second finds the case of the first.
    Cardholder.objects.select_for_update(no_key=True).get(pk=cardholder.pk)
    known = Dispute.objects.filter(
        ticket__source=notice.source,
        ticket__external_ref=notice.external_ref,
        ticket__cardholder=cardholder,
    )
    # Said once more, so that SQLite uses the index that leaves empty references out.
    return known.exclude(ticket__external_ref="").first()


def _clean(reason: reasons.Reason, notice: Notice, *, strict: bool) -> dict[str, Any]:
    """Check and redact the answers; only the cardholder's own form insists on completeness."""
    answers = reasons.check_answers(reason, notice.answers, for_submission=strict)
    return {
        name: redaction.redact(value).text if isinstance(value, str) else value
        for name, value in answers.items()
    }


def _account(cardholder: Cardholder, notice: Notice, rows: list[CardTransaction]) -> CardAccount:
    accounts = {row.account_id: row.account for row in rows}
    if len(accounts) > 1:
        raise Unfit("several_accounts", _("File one dispute for each account."))
    if accounts:
        return next(iter(accounts.values()))
    if not reasons.get(notice.reason).against_issuer:
        raise Unfit("no_transaction", _("Name the transaction that you dispute."), pointer="/items")
    account = cardholder.accounts.filter(external_ref=notice.account).first()
    if account is None:
        raise Unfit("unknown_account", _("Name one of your accounts."), pointer="/account")
    return account


def _received(notice: Notice, at: datetime) -> datetime:
    if notice.received_at is None:
        return at
    if notice.received_at > at:
        raise Unfit("received_in_future", _("A notice cannot be received in the future."))
    return notice.received_at


def _dates(
    account: CardAccount, told: facts.Assertion, rows: list[CardTransaction]
) -> list[Deadline]:
    """Every clock that a notice starts: the law's, and each network's limit to file."""
    return [
        row
        for subject, known in facts.of_claim(account, told, rows, facts_in.bills(account))
        for row in deadlines.rows(known, time_zone=account.cardholder.time_zone, subject=subject)
    ]


def _missed(row: Deadline, notice_on: Any) -> bool:
    return bool(row.key.startswith("notice") and row.due_on and row.due_on < notice_on)


def _matter(
    cardholder: Cardholder, reason: reasons.Reason, answers: Mapping[str, Any], notice: Notice
) -> Matter:
    return Matter(
        kind="dispute",
        topic=reason.code,
        family=reason.family,
        source=notice.source,
        department_hint=reason.department,
        vulnerable=cardholder.vulnerable,
        card_still_open=answers.get("block_card") in {"no", False},
        jurisdiction=cardholder.jurisdiction,
    )


def _words(notice: Notice, actor: Actor, at: datetime) -> Any:
    if not notice.story.strip():
        return None
    return messages.draft(direction=messages.IN, body=notice.story, actor=actor, at=at)


def _items(dispute: Dispute, notice: Notice, rows: list[CardTransaction]) -> list[DisputeItem]:
    return DisputeItem.objects.bulk_create(
        DisputeItem(
            dispute=dispute,
            transaction=row,
            number=number,
            currency=row.currency,
            disputed_minor=claim.minor,
            open_minor=claim.minor,
        )
        for number, (claim, row) in enumerate(zip(notice.items, rows, strict=True), start=1)
    )


def of(ticket: Ticket) -> Dispute:
    """The claim of a ticket.

    Raises:
        Missing: the ticket is no dispute.
    """
    try:
        return ticket.dispute
    except Dispute.DoesNotExist:
        raise Missing("not_found", _("There is no such dispute.")) from None
