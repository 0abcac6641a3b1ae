"""What becomes of a mail: a case, a message, a person's question, or nothing, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from accounts.models import Cardholder
from intake import senders, threads
from intake.mime import Mail
from intake.mime.mail import parsed
from intake.models import RawMessage
from tickets.models import Ticket
from tickets.models.ticket import CLOSED

QUARANTINED, REFUSED = RawMessage.State.QUARANTINED, RawMessage.State.REFUSED
Why = RawMessage.Why
_BUDGET_SPAN = timedelta(hours=1)


@dataclass(frozen=True)
class Verdict:
    """Not taken (``state`` and ``why``), or taken for ``holder``, into ``ticket`` if it has one."""

    state: str = ""
    why: str = ""
    holder: Cardholder | None = None
    ticket: Ticket | None = None


def judge(row: RawMessage, mail: Mail, content: bytes) -> Verdict:
    """Decide on a mail that could be read. Nothing it says makes anything happen."""
    machine = _of_a_machine(mail)
    if machine:
        return Verdict(REFUSED, machine)
    doubt = _unnamed(row, mail, content)
    if doubt:
        return Verdict(QUARANTINED, doubt)
    thread = threads.of(mail)
    found = _answer(mail, thread) if thread.tickets or thread.forged else _first(mail)
    if found.holder is None:
        return found
    if not (mail.text or mail.subject or mail.files):
        return Verdict(QUARANTINED, Why.EMPTY)
    if _too_many(row, found):
        return Verdict(QUARANTINED, Why.TOO_MANY)
    return found


def _of_a_machine(mail: Mail) -> str:
    if mail.report is not None:
        return Why.UNDELIVERED if mail.report.failed else Why.DELAYED
    if any(senders.ours(one) for one in mail.senders):
        return Why.OWN
    return Why.AUTOMATIC if mail.automatic else ""


def _unnamed(row: RawMessage, mail: Mail, content: bytes) -> str:
    """Why nobody can say from whom it is."""
    if len(mail.senders) != 1:
        return Why.SEVERAL_SENDERS if mail.senders else Why.NO_SENDER
    if senders.doubted(parsed(content)):
        return Why.NOT_PROVEN
    twins = RawMessage.objects.filter(header_id=row.header_id, sender=row.sender)
    earlier = twins.exclude(state=RawMessage.State.DUPLICATE).filter(pk__lt=row.pk)
    return Why.SAME_ID if row.header_id and earlier.exists() else ""


def _answer(mail: Mail, thread: threads.Thread) -> Verdict:
    """An answer is one when it bears our token and comes from the person whose case it is."""
    if thread.forged:
        return Verdict(QUARANTINED, Why.FORGED_REPLY)
    if len(thread.tickets) > 1:
        return Verdict(QUARANTINED, Why.SEVERAL_CASES)
    ticket = thread.tickets[0]
    if ticket.cardholder.email.lower() != mail.senders[0]:
        return Verdict(QUARANTINED, Why.STRANGERS_REPLY)
    if ticket.state == CLOSED:
        return Verdict(QUARANTINED, Why.CASE_CLOSED)
    return Verdict(holder=ticket.cardholder, ticket=ticket)


def _first(mail: Mail) -> Verdict:
    holders = senders.cardholders(mail.senders[0])
    if len(holders) != 1:
        return Verdict(QUARANTINED, Why.SHARED_ADDRESS if holders else Why.UNKNOWN_SENDER)
    return Verdict(holder=holders[0])


def _too_many(row: RawMessage, found: Verdict) -> bool:
    """Two that answer each other stop here, whatever their headers say."""
    assert found.holder is not None  # noqa: S101 - the caller has looked
    # Mails of one person are counted one after the other.
    Cardholder.objects.select_for_update(no_key=True).get(pk=found.holder.pk)
    since = row.received_at - _BUDGET_SPAN
    recent = RawMessage.objects.filter(
        state=RawMessage.State.TAKEN, received_at__gt=since, received_at__lte=row.received_at
    )
    most = settings.MAIL_AN_HOUR
    if recent.filter(sender=row.sender).count() >= most:
        return True
    return found.ticket is not None and recent.filter(ticket=found.ticket).count() >= most
