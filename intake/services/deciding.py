"""What a person decides about mail that was not taken."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from accounts.models import Cardholder
from intake.models import RawMessage
from intake.services import opening, words
from intake.services.taking import Later, bring_files, first_words
from kernel.actors import Actor
from kernel.errors import NotAllowed, NotNow, Unfit

UNDECIDED = (RawMessage.State.QUARANTINED, RawMessage.State.REFUSED)


@transaction.atomic
def take_for(
    row: RawMessage, *, actor: Actor, at: datetime, holder: Cardholder, because: str
) -> RawMessage:
    """Take a mail as a new case of a cardholder whom a person has recognised.

    Raises:
        NotAllowed: without the right to. NotNow: taken meanwhile, or the scanner is silent.
        Unfit: no reason.
    """
    row = _locked(row, actor, "take")
    reason = _reason(because)
    mail = words.of(row)
    if mail is None:
        story = _("Mail %(ref)s could not be read; it is kept as it came.") % {"ref": row.ref}
    else:
        story = words.story(mail)
    ticket = opening.open_case(holder, story, row, actor=actor, at=at)
    if mail is not None:
        try:
            bring_files(ticket, row, words.files(mail), actor=actor, at=at)
        except Later as silent:
            raise NotNow(
                "scanner_silent", _("Files cannot be checked just now. Try again in a while.")
            ) from silent
    row.state, row.outcome, row.because = RawMessage.State.TAKEN, RawMessage.Outcome.CASE, reason
    row.ticket, row.message = ticket, first_words(ticket)
    return _settled(row, actor, at)


@transaction.atomic
def refuse(row: RawMessage, *, actor: Actor, at: datetime, because: str) -> RawMessage:
    """Say that a mail leads to nothing, and why; it stays in the store.

    Raises:
        NotAllowed: without the right to. NotNow: decided meanwhile. Unfit: no reason.
    """
    row = _locked(row, actor, "refuse")
    if row.state == RawMessage.State.REFUSED:
        raise NotNow("not_now", _("This mail was refused already."))
    row.because = _reason(because)
    row.state, row.why = RawMessage.State.REFUSED, RawMessage.Why.BY_HAND
    return _settled(row, actor, at)


def _locked(row: RawMessage, actor: Actor, verb: str) -> RawMessage:
    if actor.kind != "staff" or not actor.user.has_perm(f"intake.{verb}"):
        raise NotAllowed("not_allowed", _("You may not decide about mail."), verb=verb)
    found = RawMessage.objects.select_for_update().get(pk=row.pk)
    if found.state not in UNDECIDED:
        raise NotNow("not_now", _("Somebody has decided about this mail meanwhile."))
    return found


def _reason(because: str) -> str:
    text = redaction.mask(" ".join(because.replace("\x00", "").split()))[:200]
    if not text:
        raise Unfit("text_empty", _("Write something first."), pointer="/because")
    return text


def _settled(row: RawMessage, actor: Actor, at: datetime) -> RawMessage:
    row.settled_at, row.settled_by = at, actor.ref
    row.save()
    return row
