"""Delivers letters: events become notices, notices leave, and what they meet is met.

Truth is in rows. A worker that dies leaves a row that another takes up; whatever it had handed
over in that instant, and nothing else, may leave a second time, under the same name.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

import typst
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.utils.translation import gettext as _

from complaints import services as complaints
from disputes import services as disputes
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow
from outreach import channels
from outreach.letters import LETTERS
from outreach.models import Notice
from outreach.queue import BATCH, CHANNELS, draft, queue, ways_to
from outreach.writing import write
from tickets import deadlines
from tickets import services as tickets
from tickets.machine import record
from tickets.models import Event

log = logging.getLogger(__name__)

# Longer than any channel's own time-outs: who has not answered by then is dead.
LEASE = timedelta(minutes=5)
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))

QUEUED, SENDING, SENT = Notice.State.QUEUED, Notice.State.SENDING, Notice.State.SENT
CANCELLED, FAILED = Notice.State.CANCELLED, Notice.State.FAILED
UNDELIVERABLE = Notice.State.UNDELIVERABLE

# What follows for a complaint from a letter that has left; the claim is locked before its ticket.
_FOLLOWS = {
    "complaint.extend": complaints.extension_left,
    "complaint.respond": complaints.letter_left,
    "complaint.summary_resolve": complaints.letter_left,
    "complaint.decide_review": complaints.letter_left,
}

# What may go wrong with one letter and must not stop the others: the world outside, or a word
# that the case's rows or a template lack.
_TROUBLE = (
    OSError, typst.TypstError, LookupError, ValueError, ObjectDoesNotExist,
    TemplateDoesNotExist, TemplateSyntaxError,
)  # fmt: skip


def deliver(at: datetime, *, limit: int | None = None) -> int:
    """Send what waits, ``limit`` letters at most. Returns how many were dealt with.

    A worker that runs by the real clock gives ``limit=1``, so that each letter leaves at the
    instant that its row says.
    """
    while queue(at) == BATCH and limit is None:
        continue
    settle(at)
    done = 0
    while (limit is None or done < limit) and send_next(at):
        done += 1
    return done


def send_next(at: datetime) -> bool:
    """Take one letter and send it, or deal with it otherwise. Returns whether there was one."""
    notice = _claim(at)
    if notice is None:
        return False
    if overtaken(notice):
        _mark(notice, state=CANCELLED)
    elif notice.attempts > len(BACK_OFF) + 1:
        _give_up(notice, "no worker survived it", at)
    else:
        _send(notice, at)
    return True


def settle(at: datetime) -> int:
    """Finish letters that have left but whose effects were cut off. Returns how many."""
    left = Notice.objects.filter(state=SENT, settled_at=None).order_by("id")
    return sum(_settle(pk, at) for pk in list(left.values_list("pk", flat=True)[:BATCH]))


def after_sending(notice: Notice, at: datetime) -> None:
    """Do what follows from a letter that left at ``at``: dates are met, a claim is concluded."""
    event = notice.event
    if event.name == "dispute.resolve":
        if overtaken(notice):
            # Stopped while it was on its way: nobody can fetch it back, a person must look.
            words = f"letter {notice.ref} left although its decision was stopped"
            tickets.raise_alert(notice.ticket, words, at=at)
            return
        # Before the ticket is locked by anything else: claim first, ticket second.
        disputes.letter_left(notice.ticket.dispute, at=at)
    follows = _FOLLOWS.get(event.name)
    if follows is not None:
        follows(notice.ticket.complaint, at=at)
    deadlines.meet(notice.ticket_id, LETTERS[event.name].meets, at=at)
    room, _dot, verb = event.name.partition(".")
    if room == "dispute":
        disputes.letter_told(notice.ticket.dispute, verb, at=at)
    record(
        notice.ticket_id, "notice.sent", actor=SYSTEM, at=at,
        facts={"notice": notice.ref, "letter": notice.letter, "channel": notice.channel},
    )  # fmt: skip
    if notice.unprintable:
        words = f"letter {notice.ref} has characters that paper cannot show"
        tickets.raise_alert(notice.ticket, words, at=at)


def overtaken(notice: Notice) -> bool:
    """Say whether a later event has made the letter untrue."""
    event = notice.event
    later = Event.objects.filter(
        ticket_id=event.ticket_id, seq__gt=event.seq, name__in=LETTERS[event.name].unless
    ).values_list("facts", flat=True)
    item = event.facts.get("item")
    return any(item is None or facts.get("item") == item for facts in later)


@transaction.atomic
def send_again(notice: Notice, *, actor: Actor, at: datetime) -> Notice:
    """Put a letter that could not leave back into the queue: the address was mended, say.

    Raises:
        NotNow: it has left, or is about to.
    """
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if row.state not in {FAILED, UNDELIVERABLE}:
        raise NotNow("not_stuck", _("This letter has left already, or is about to."))
    row.state, row.attempts, row.due_at, row.trouble = QUEUED, 0, at, ""
    row.save()
    record(row.ticket_id, "notice.send_again", actor=actor, at=at, facts={"notice": row.ref})
    return row


@transaction.atomic
def _claim(at: datetime) -> Notice | None:
    """Take the next letter that is due, or one whose worker counts as dead, for a while."""
    notice = (
        Notice.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state__in=[QUEUED, SENDING], due_at__lte=at)
        .select_related("event", "ticket__cardholder", "ticket__account", "ticket__dispute")
        .order_by("due_at", "id")
        .first()
    )
    if notice is not None:
        notice.state, notice.claim = SENDING, uuid.uuid4().hex
        notice.attempts += 1
        notice.due_at = at + LEASE
        notice.save(update_fields=["state", "claim", "attempts", "due_at"])
    return notice


def _send(notice: Notice, at: datetime) -> None:
    try:
        letter = write(notice, at=at)
        # The words are kept before they leave, so that there is proof of them even if nobody is
        # left to say that they did; and who has lost the claim stops here.
        if not _mark(notice, subject=letter.subject[:200], body=letter.plain()):
            return
        receipt = CHANNELS[notice.channel].send(notice, letter, at=at)
    except channels.Undeliverable as why:
        _give_up(notice, str(why), at)
    except _TROUBLE as trouble:
        _put_off(notice, trouble, at)
    else:
        sent = _mark(
            notice, state=SENT, sent_at=at, trouble="", sent_to=receipt.sent_to,
            sha256=receipt.sha256, unprintable=receipt.unprintable,
        )  # fmt: skip
        if sent:
            _settle(notice.pk, at)


def _mark(notice: Notice, **fields: Any) -> bool:
    """Write to the notice, if it is still ours."""
    mine = Notice.objects.filter(pk=notice.pk, state=SENDING, claim=notice.claim)
    return bool(mine.update(**fields))


@transaction.atomic
def _settle(notice_id: int, at: datetime) -> bool:
    notice = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("event", "ticket__dispute", "ticket__complaint")
        .filter(pk=notice_id, state=SENT, settled_at=None)
        .first()
    )
    if notice is None:
        return False
    after_sending(notice, notice.sent_at or at)
    notice.settled_at = at
    notice.save(update_fields=["settled_at"])
    return True


def _put_off(notice: Notice, trouble: BaseException, at: datetime) -> None:
    """Try again later; words of the outside world may hold an address and are not kept."""
    why = type(trouble).__name__
    log.warning("Letter %s did not leave: %s", notice.ref, why, exc_info=trouble)
    if notice.attempts > len(BACK_OFF):
        _give_up(notice, why, at)
    else:
        _mark(notice, state=QUEUED, due_at=at + BACK_OFF[notice.attempts - 1], trouble=why)


@transaction.atomic
def _give_up(notice: Notice, why: str, at: datetime) -> None:
    """This channel has failed: try the next one that reaches the person, or tell the lead."""
    if not _mark(notice, state=FAILED, trouble=why[:200]):
        return
    tried = set(Notice.objects.filter(event=notice.event).values_list("channel", flat=True))
    left = [name for name in ways_to(notice.ticket.cardholder) if name not in tried]
    if left:
        draft(notice.event, left[0], at=at).save()
    else:
        words = f"letter {notice.ref} could not leave: {why}"
        tickets.raise_alert(notice.ticket, words, at=at)
