"""What the desk calls each verb: on its button, in the history, and what pressing it means.

Keys are the events' own names ("ticket.take"). A room above adds its machines' words with
:func:`add`; a verb without words is a bug that ``tests/desk`` finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Word:
    """``label`` is the button, ``done`` what history says of who pressed it, ``means`` the
    sentence above the form. ``danger`` marks what cannot be taken back, ``leads`` the next step of
    the work."""

    done: Text
    label: Text = ""
    means: Text = ""
    danger: bool = False
    leads: bool = False


_WORDS: dict[str, Word] = {}


def add(words: Mapping[str, Word]) -> None:
    """Teach the desk a machine's verbs and events."""
    _WORDS.update(words)


def of(name: str) -> Word:
    """The words of an event; its bare name where there are none."""
    return _WORDS.get(name) or Word(name, name)


def known(name: str) -> bool:
    """Say whether this event has words."""
    return name in _WORDS


add(
    {
        "ticket.open_ticket": Word(_("opened the case")),
        "ticket.triage": Word(
            _("sent the case to a department"),
            _("Send to a department"),
            _("Choose who owns the case."),
        ),
        "ticket.take": Word(_("took the case"), _("Take"), _("The case becomes yours.")),
        "ticket.assign": Word(
            _("gave the case to somebody"), _("Assign"), _("Give the case to a colleague.")
        ),
        "ticket.release": Word(
            _("gave the case back to the department"),
            _("Give back"),
            _("The case has no owner any more; your department keeps it."),
        ),
        "ticket.reroute": Word(
            _("handed the case over"),
            _("Hand over"),
            _("Another department becomes the owner. Say why, and sum the case up for them."),
        ),
        "ticket.wait": Word(
            _("set the case to wait"),
            _("Wait"),
            _("Our own targets pause while somebody else has the turn; the law's dates run on."),
        ),
        "ticket.resume": Word(
            _("went on with the case"), _("Go on"), _("The case needs our action again.")
        ),
        "ticket.time_out": Word(_("went on because nobody answered in time")),
        "ticket.resolve": Word(_("ended the case"), _("End"), _("End a case that has no claim.")),
        "ticket.conclude": Word(_("ended the case because its claim has ended")),
        "ticket.reopen": Word(
            _("opened the case again"), _("Open again"), _("Say why it must be looked at again.")
        ),
        "ticket.close": Word(_("closed the case")),
        "ticket.withdraw": Word(_("withdrew the case")),
        "ticket.mark_duplicate": Word(
            _("marked the case as a duplicate"),
            _("Duplicate"),
            _("Name the other case about the same matter. Nothing is lost or merged."),
        ),
        "ticket.unmark": Word(
            _("took the duplicate mark back"),
            _("No duplicate"),
            _("Take the duplicate mark back."),
        ),
        "ticket.write": Word(
            _("wrote a message"), _("Write"), _("The cardholder reads this message.")
        ),
        "ticket.note": Word(_("wrote a note"), _("Note"), _("Only staff read this note.")),
        "ticket.attach": Word(
            _("added a file"), _("Add a file"), _("PDF, JPEG, PNG, HEIC or plain text.")
        ),
        "ticket.alert": Word(_("told the lead")),
        "ticket.breach": Word(_("recorded that a date has passed")),
        "ticket.warn": Word(_("warned that a date comes near")),
        "ticket.reassess": Word(_("counted a date again")),
        "task.ask": Word(
            _("asked another department"),
            _("Ask a department"),
            _("One clear question. The case stays yours; the answer has a date of its own."),
        ),
        "task.answer": Word(
            _("answered the question"), _("Answer"), _("The owner of the case reads your answer.")
        ),
        "task.give_back": Word(
            _("returned the question"),
            _("Return"),
            _("Say why: unclear, not ours, or answered before."),
        ),
        "task.cancel": Word(
            _("took the question back"),
            _("Not needed any more"),
            _("The answer is no longer needed."),
        ),
        "task.overdue": Word(_("recorded that a question was not answered in time")),
    }
)
# A question does not exist before it is asked: its first button is the case's.
add({"ticket.ask": of("task.ask")})
