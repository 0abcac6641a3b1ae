"""Filing a claim: what is disputed, whether it may be, and everything that starts with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from accounts import services as facts_in
from accounts.models import CardAccount, Cardholder, CardTransaction
from disputes import facts, policy, reasons
from disputes.models import Dispute, DisputeItem
from kernel.actors import Actor
from kernel.errors import Missing, NotNow, Unfit
from kernel.money import Money
from tickets import deadlines, history, messages
from tickets import services as tickets
from tickets.models import Deadline, Ticket
from tickets.routing import Matter

MOST_ITEMS = 50


@dataclass(frozen=True)
class Claimed:
    """One transaction as it is disputed: its reference and the amount in minor units."""

    transaction: str
    minor: int
    currency: str


@dataclass(frozen=True)
class Notice:
    """Everything that a notice says, before anybody has judged it.

    ``account`` is needed only where no transaction is disputed (a statement that never came).
    ``received_at`` is the instant of receipt: earlier than now when staff type in a letter.
    """

    reason: str
    items: Sequence[Claimed] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    story: str = ""
    account: str = ""
    source: str = "app"
    external_ref: str = ""
    received_at: datetime | None = None
    reference: str = ""


@transaction.atomic
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
    rows = _lock(cardholder, notice)
    account = _account(cardholder, notice, rows)
    received_at = _received(notice, at)
    local = received_at.astimezone(cardholder.zone).date()
    amount = Money(sum(claim.minor for claim in notice.items), account.currency)
    dates = _dates(cardholder, account, reason, rows, received_at, answers, amount)
    late = any(_missed(row, local) for row in dates)
    filed = history.unchained(
        "dispute.file", actor, at, "", "filed",
        {"reason": reason.code, "items": len(rows), "minor": amount.minor, "late": late,
         "currency": amount.currency},
    )  # fmt: skip
    ticket = tickets.open_ticket(
        matter=_matter(cardholder, reason, answers, notice), cardholder=cardholder,
        account=account, received_at=received_at, actor=actor, dates=dates, amount=amount,
        external_ref=notice.external_ref, words=_words(notice, actor, received_at),
        then=[filed], reference=notice.reference,
    )  # fmt: skip
    dispute = Dispute.objects.create(
        ticket=ticket, reason=reason.code, answers=answers, notice_on=local, late=late
    )
    _items(dispute, notice, rows)
    return resolve_small(dispute, at=at) if rows and not late else dispute


def _already(cardholder: Cardholder, notice: Notice) -> Dispute | None:
    if not notice.external_ref:
        return None
    return Dispute.objects.filter(
        ticket__source=notice.source, ticket__external_ref=notice.external_ref,
        ticket__cardholder=cardholder,
    ).first()  # fmt: skip


def _clean(reason: reasons.Reason, notice: Notice, *, strict: bool) -> dict[str, Any]:
    """Check and redact the answers; only the cardholder's own form insists on completeness."""
    answers = reasons.check_answers(reason, notice.answers, for_submission=strict)
    return {
        name: redaction.redact(value).text if isinstance(value, str) else value
        for name, value in answers.items()
    }


def _lock(cardholder: Cardholder, notice: Notice) -> list[CardTransaction]:
    """Lock the disputed transactions, in the order given, so that two claims cannot share one."""
    wanted = [claim.transaction for claim in notice.items]
    if len(wanted) > MOST_ITEMS:
        raise Unfit("too_many_items", _("One dispute may name %d transactions.") % MOST_ITEMS)
    if len(set(wanted)) < len(wanted):
        raise Unfit("same_transaction_twice", _("Each transaction may be named once."))
    found = {
        row.external_ref: row
        for row in CardTransaction.objects.select_for_update(of=("self",))
        .filter(external_ref__in=wanted, account__cardholder=cardholder)
        .select_related("account__cardholder")
        .order_by("pk")
    } if wanted else {}  # fmt: skip
    for place, claim in enumerate(notice.items):
        row = found.get(claim.transaction)
        if row is None:
            # Somebody else's transaction reads exactly like one that does not exist.
            raise Unfit(
                "unknown_transaction",
                _("There is no transaction %(ref)s on your accounts.") % {"ref": claim.transaction},
                pointer=f"/items/{place}/transaction",
            )
        _fits(row, claim, place)
    _undisputed(found, notice)
    return [found[ref] for ref in wanted]


def _fits(row: CardTransaction, claim: Claimed, place: int) -> None:
    pointer = f"/items/{place}/amount"
    if claim.currency != row.currency:
        raise Unfit(
            "wrong_currency",
            _("This transaction was posted in %(currency)s.") % {"currency": row.currency},
            pointer=pointer,
        )
    if row.amount_minor <= 0:
        raise Unfit(
            "not_disputable",
            _("This entry gave you money; it cannot be disputed. Write to us about it instead."),
            pointer=f"/items/{place}/transaction",
        )
    if claim.minor <= 0:
        raise Unfit("amount_not_above_zero", _("The amount must be above zero."), pointer=pointer)
    if claim.minor > row.amount_minor:
        raise Unfit(
            "amount_exceeds_transaction",
            _("The transaction was %(amount)s; you cannot dispute more.") % {"amount": row.amount},
            pointer=pointer,
        )


def _undisputed(found: Mapping[str, CardTransaction], notice: Notice) -> None:
    """Refuse what an open claim holds already, or what earlier claims have left nothing of."""
    if not found:
        return
    left = {row.pk: row.amount_minor for row in found.values()}
    earlier = DisputeItem.objects.filter(transaction__in=left).select_related("dispute__ticket")
    for item in earlier:
        if item.live:
            raise NotNow(
                "duplicate_dispute",
                _("This transaction is already disputed in case %(case)s.")
                % {"case": item.dispute.ticket.reference},
                existing=item.dispute.ticket.reference,
                choices=["open_existing", "add_information"],
            )
        left[item.transaction_id] -= item.disputed_minor - item.denied_minor
    for place, claim in enumerate(notice.items):
        if claim.minor > left[found[claim.transaction].pk]:
            raise Unfit(
                "amount_exceeds_rest",
                _("Part of this transaction was given back already; dispute the rest only."),
                pointer=f"/items/{place}/amount",
            )


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
    cardholder: Cardholder,
    account: CardAccount,
    reason: reasons.Reason,
    rows: list[CardTransaction],
    received_at: datetime,
    answers: Mapping[str, Any],
    amount: Money,
) -> list[Deadline]:
    """Every clock that a notice starts: the law's, and each network's limit to file."""
    local = received_at.astimezone(cardholder.zone).date()
    statement = facts_in.first_statement_showing(rows[0]) if rows else None
    found = deadlines.rows(
        facts.of_notice(
            cardholder=cardholder, reason=reason, received_at=received_at,
            transmitted_on=statement.transmitted_on if statement else None,
            closings=facts_in.cycle_closings(account, around=local),
            amount_minor=amount.minor, answers=answers,
        ),
        time_zone=cardholder.time_zone,
    )  # fmt: skip
    code = facts.likeliest_code(reason, account.network)
    for number, row in enumerate(rows, start=1) if code else ():
        found += deadlines.rows(
            facts.of_filing(row, account, code, answers),
            time_zone=cardholder.time_zone, subject=filing_subject(number),
        )  # fmt: skip
    return found


def filing_subject(number: int) -> str:
    """What a network's filing clock is about, before a code is chosen."""
    return f"item {number}"


def _missed(row: Deadline, notice_on: Any) -> bool:
    return bool(row.key.startswith("notice") and row.due_on and row.due_on < notice_on)


def _matter(
    cardholder: Cardholder, reason: reasons.Reason, answers: Mapping[str, Any], notice: Notice
) -> Matter:
    return Matter(
        kind="dispute", topic=reason.code, family=reason.family, source=notice.source,
        department_hint=reason.department, vulnerable=cardholder.vulnerable,
        card_still_open=answers.get("block_card") in {"no", False},
        jurisdiction=cardholder.jurisdiction,
    )  # fmt: skip


def _words(notice: Notice, actor: Actor, at: datetime) -> Any:
    if not notice.story.strip():
        return None
    return messages.draft(direction=messages.IN, body=notice.story, actor=actor, at=at)


def _items(dispute: Dispute, notice: Notice, rows: list[CardTransaction]) -> None:
    DisputeItem.objects.bulk_create(
        DisputeItem(
            dispute=dispute, transaction=row, number=number, currency=row.currency,
            disputed_minor=claim.minor, open_minor=claim.minor,
        )
        for number, (claim, row) in enumerate(zip(notice.items, rows, strict=True), start=1)
    )  # fmt: skip


def of(ticket: Ticket) -> Dispute:
    """The claim of a ticket.

    Raises:
        Missing: the ticket is no dispute.
    """
    try:
        return ticket.dispute
    except Dispute.DoesNotExist:
        raise Missing("not_found", _("There is no such dispute.")) from None
