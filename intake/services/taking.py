"""Take a kept mail: read it, decide, and do what was decided, all in one transaction or none."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from disputes import services as claims
from intake import mime, store, threads
from intake.mime import File, Mail
from intake.models import RawMessage
from intake.services import opening, words
from intake.services.judging import QUARANTINED, Verdict, Why, judge
from kernel import actors
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow, Refusal
from outreach.models import Notice
from tickets import attachments, messages
from tickets import services as tickets
from tickets.models import Message, Ticket

RECEIVED, TAKEN = RawMessage.State.RECEIVED, RawMessage.State.TAKEN
MOST_ATTEMPTS = 3
CLAIM = timedelta(minutes=10)
_CAME_BACK = "came back undelivered"
_UNSAFE = re.compile(r"[^\w .()\[\]-]+")


class Later(Exception):
    """Nothing is wrong with the mail: something that we need does not answer just now."""


def take(row: RawMessage, *, at: datetime) -> RawMessage:
    """Take one kept mail and return its row. One that was taken already stays as it is.

    Who takes it has it for some minutes, so that several takers never count as several failures.
    A mail on which we broke down three times waits for a person: it stops no other.
    """
    if not _begun(row, at):
        return _read(row)
    try:
        _take(row, at)
    except Later:
        RawMessage.objects.filter(pk=row.pk, state=RECEIVED).update(attempts=0, begun_at=None)
    except Refusal as refusal:
        with transaction.atomic():
            found = RawMessage.objects.select_for_update().get(pk=row.pk)
            _settle(found, at, QUARANTINED, Why.NOT_ACCEPTED, because=refusal.sentence)
    return _read(row)


def take_waiting(at: datetime, *, batch: int = 100) -> int:
    """Take what was kept and not read yet; returns how many are settled now."""
    waiting = list(RawMessage.objects.filter(state=RECEIVED).order_by("pk")[:batch])
    return sum(take(row, at=at).state != RECEIVED for row in waiting)


@transaction.atomic
def _begun(row: RawMessage, at: datetime) -> bool:
    found = RawMessage.objects.select_for_update().get(pk=row.pk)
    if found.state != RECEIVED:
        return False
    if found.begun_at is not None and timedelta() <= at - found.begun_at < CLAIM:
        return False
    if found.attempts >= MOST_ATTEMPTS:
        _settle(found, at, QUARANTINED, Why.UNREADABLE)
        return False
    found.attempts, found.begun_at = found.attempts + 1, at
    found.save(update_fields=["attempts", "begun_at"])
    return True


@transaction.atomic
def _take(row: RawMessage, at: datetime) -> None:
    row = RawMessage.objects.select_for_update().get(pk=row.pk)
    if row.state != RECEIVED:
        return
    if row.size_bytes > settings.MAIL_BYTES:
        _settle(row, at, QUARANTINED, Why.TOO_LARGE)
        return
    content = store.get(row.stored_as)
    try:
        mail = mime.read(content)
    except mime.Unreadable as broken:
        _settle(row, at, QUARANTINED, broken.why)
        return
    row.subject = redaction.mask(mail.subject)[:200]
    verdict = judge(row, mail, content)
    if verdict.why == Why.UNDELIVERED:
        _came_back(mail, at)
    if verdict.holder is None:
        _settle(row, at, verdict.state, verdict.why)
        return
    _enter(row, mail, verdict, at)


def _enter(row: RawMessage, mail: Mail, verdict: Verdict, at: datetime) -> None:
    actor, story = actors.cardholder(verdict.holder), words.story(mail)
    if verdict.ticket is None:
        assert verdict.holder is not None  # noqa: S101 - the caller has looked
        ticket = opening.open_case(verdict.holder, story, row, actor=actor, at=at)
        row.message = first_words(ticket)
        row.outcome = RawMessage.Outcome.CASE
    else:
        ticket = verdict.ticket
        row.message = claims.hear(ticket, actor=actor, at=row.received_at, body=story)
        row.outcome = RawMessage.Outcome.MESSAGE
    row.ticket = ticket
    bring_files(ticket, row, words.files(mail), actor=actor, at=at)
    _settle(row, at, TAKEN, "")


def bring_files(
    ticket: Ticket, row: RawMessage, files: list[File], *, actor: Actor, at: datetime
) -> None:
    """Put the files of a mail into its case; a note names what was not kept, and why.

    Raises:
        Later: the scanner does not answer; nothing is taken unscanned.
    """
    left: list[tuple[File, Refusal]] = []
    for file in files:
        try:
            attachments.attach(
                ticket, name=file.name, content=file.content, actor=actor, at=at,
                claimed_type=file.media_type,
            )  # fmt: skip
        except NotNow as refusal:
            if refusal.code == "scanner_silent":
                raise Later from refusal
            left.append((file, refusal))
        except Refusal as refusal:
            left.append((file, refusal))
    if left:
        body = "\n".join([
            _("Files of mail %(ref)s that were not kept with the case:") % {"ref": row.ref},
            *(f"- {_UNSAFE.sub('_', file.name)} ({len(file.content)} B): {refusal.sentence}"
              for file, refusal in left),
        ])  # fmt: skip
        shown = body[: messages.LONGEST]
        messages.write(ticket, direction=messages.NOTE, body=shown, actor=SYSTEM, at=at)


def _came_back(mail: Mail, at: datetime) -> None:
    """A letter did not arrive: its row says so, and the lead of its case is told once."""
    ids = mail.report.message_ids if mail.report is not None else ()
    refs = [ref for ref in map(threads.letter_ref, ids) if ref]
    letters = Notice.objects.select_for_update(of=("self",)).filter(ref__in=refs, state="sent")
    for letter in letters.exclude(trouble=_CAME_BACK).select_related("ticket"):
        letter.trouble = _CAME_BACK
        letter.save(update_fields=["trouble"])
        tickets.raise_alert(letter.ticket, f"letter {letter.ref} came back undelivered", at=at)


def _settle(row: RawMessage, at: datetime, state: str, why: str, *, because: str = "") -> None:
    """Write down what became of it; a row that was settled meanwhile stays as it is."""
    if row.state != RECEIVED:
        return
    row.state, row.why, row.because = state, why, redaction.mask(because)[:200]
    row.settled_at, row.settled_by = at, SYSTEM.ref
    row.save()


def _read(row: RawMessage) -> RawMessage:
    return RawMessage.objects.get(pk=row.pk)


def first_words(ticket: Ticket) -> Message | None:
    """The first message of a case."""
    return ticket.messages.filter(direction=messages.IN).order_by("pk").first()
