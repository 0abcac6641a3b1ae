"""What the desk calls the verbs of a complaint."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from complaints.outcomes import OUTCOMES
from tickets.desk import history, phrases, words
from tickets.desk.words import Word

COMPLAINT = {
    "receive": Word(_("brought the complaint in"), _("Take a complaint")),
    "join": Word(_("joined the same matter that came again")),
    "acknowledge": Word(
        _("acknowledged the complaint"),
        _("Acknowledge"),
        _("A letter says that the complaint is here and by when it is answered."),
        leads=True,
    ),
    "investigate": Word(
        _("began to investigate"),
        _("Investigate"),
        _("Begin to find out what happened. A case without an owner becomes yours."),
        leads=True,
    ),
    "classify": Word(
        _("said what it is about"),
        _("Classify"),
        _("A shorter limit of law may follow, never a longer one."),
    ),
    "recuse": Word(
        _("said who is complained of"),
        _("Complained of"),
        _("Whoever is complained of, and their department, has no hand in it from now on."),
    ),
    "extend": Word(
        _("took more time"),
        _("More time"),
        _("The law's next step. The complainant is told why; the old date stands until then."),
    ),
    "draft_decision": Word(
        _("drafted the answer"),
        _("Draft the answer"),
        _("Nothing may be empty. Another person reads it and sends it."),
        leads=True,
    ),
    "send_back": Word(
        _("sent the draft back"), _("Send back"), _("Only those who answer it read your reason.")
    ),
    "respond": Word(
        _("sent the answer"),
        _("Send the answer"),
        _("The letter leaves by itself; money moves when it has left."),
        leads=True,
    ),
    "summary_resolve": Word(
        _("settled the complaint at once"),
        _("Settle at once"),
        _("For a complainant who has accepted within the law's first days."),
    ),
    "conclude": Word(_("told the complainant; the complaint is answered")),
    "request_review": Word(
        _("asked for a review"),
        _("Ask for a review"),
        _("For a complainant who asks that another person look at the answer."),
    ),
    "decide_review": Word(
        _("decided the review"),
        _("Decide the review"),
        _("You had no hand in the answer. What you give comes on top of it."),
        leads=True,
    ),
    "refer_out": Word(
        _("recorded that an outside body took it up"),
        _("Outside body"),
        _("An ombudsman, a mediator, a regulator or a court has taken it up."),
    ),
    "record_ruling": Word(
        _("recorded the outside body's ruling"),
        _("Record the ruling"),
        _("What it awards is paid at once."),
        leads=True,
    ),
    "withdraw": Word(
        _("withdrew the complaint"),
        _("Withdraw on behalf"),
        _("For a complainant who asks for it. It is kept and counted."),
        danger=True,
    ),
    "reopen": Word(
        _("took the complaint up again"),
        _("Take up again"),
        _("A new round begins; the letters, dates and money of the old one stay."),
    ),
}

# The order of the work, in which the buttons stand.
ORDER = (
    "acknowledge", "investigate", "draft_decision", "respond", "send_back", "decide_review",
    "record_ruling", "summary_resolve", "extend", "classify", "recuse", "request_review",
    "refer_out", "reopen", "withdraw",
)  # fmt: skip
_AGAIN = re.compile(r"came again through (?P<body>\w+)")


def read(text: str) -> str | None:
    """An alert of this room in the reader's words."""
    found = _AGAIN.fullmatch(text)
    if found is None:
        return None
    return str(_("The same matter came again through %(body)s.")) % {"body": found["body"].upper()}


def _outcome(facts: dict[str, Any]) -> str:
    return str(dict(OUTCOMES).get(facts.get("outcome", ""), ""))


words.add({f"complaint.{verb}": word for verb, word in COMPLAINT.items()})
phrases.teach(read)
for _verb in ("respond", "summary_resolve", "decide_review", "record_ruling"):
    history.explain(f"complaint.{_verb}", _outcome)
