"""Words for what rows keep as codes: parties, accounts, spans of time, alerts, silence.

Rows keep English sentences of the rules (why a case was routed, what is wanted); here each gets
the reader's language. What a room above knows better it adds with :func:`teach`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tickets import departments, routing
from tickets.models import Deadline, Ticket
from tickets.models.ticket import PARTIES

Read = Callable[[str], str | None]
_READERS: list[Read] = []

_SILENCE = {
    "time_out": _("the work goes on without it"),
    "chargeback": _("the chargeback's own clock decides"),
}
_BOUND = {
    "issuer": _("us"), "customer": _("the cardholder"), "network": _("the card network"),
    "merchant": _("the merchant"), "regulator": _("the regulator"),
}  # fmt: skip
_NATURE = {
    "deadline": "", "window": _("window"), "wait": _("not before"),
    "prohibition": _("forbidden until"), "verdict": _("finding of the rule"),
}  # fmt: skip
_ALERTS = (
    (re.compile(r"late: (?P<rule>\S+)"), _("A date has passed: %(rule)s.")),
    (re.compile(r"due in (?P<days>\d+) days: (?P<rule>\S+)"), _("Due in %(days)s days: %(rule)s.")),
    (re.compile(r"handed over (?P<count>\d+) times"), _("Handed over %(count)s times.")),
    (re.compile(r"(?P<department>\w+) has not answered"),
     _("%(department)s has not answered a question in time.")),
    (re.compile(r"withdrawal to look at: (?P<cause>\w+)"),
     _("A withdrawal that somebody should look at: %(cause)s.")),
)  # fmt: skip
# The reasons of the routing rules, marked for translation where they are shown.
ROUTED = {
    "Fraud may still be going on: finance blocks first and asks later":
        _("Fraud may still be going on: finance blocks first and asks later"),
    "A vulnerable cardholder's money claim comes first in finance":
        _("A vulnerable cardholder's money claim comes first in finance"),
    "A regulator passed it on: customer service owns the answer":
        _("A regulator passed it on: customer service owns the answer"),
    "The reason itself names the department": _("The reason itself names the department"),
    "Fraud claims go to finance ahead of others": _("Fraud claims go to finance ahead of others"),
    "Money claims need finance": _("Money claims need finance"),
    "Who cannot pay talks to collections": _("Who cannot pay talks to collections"),
    "Customer service owns every complaint": _("Customer service owns every complaint"),
    "Customer service answers everything else": _("Customer service answers everything else"),
}  # fmt: skip
_SOURCES = {
    "app": _("app"), "web": _("website"), "phone": _("phone"), "branch": _("branch"),
    "letter": _("letter"), "email": _("e-mail"), "regulator": _("regulator"),
    "import": _("import"), "api": _("issuer's system"),
}  # fmt: skip
_RESOLUTIONS = {"withdrawn": _("withdrawn"), "answered": _("answered"), "no_action": _("no action")}


def teach(read: Read) -> None:
    """Add a reader of phrases: it returns the reader's words, or None for what it does not know."""
    _READERS.append(read)


def read(text: str) -> str:
    """A stored phrase in the reader's words; as it stands where nobody knows it."""
    for one in _READERS:
        found = one(text)
        if found is not None:
            return found
    return text


def wanted(ticket: Ticket) -> str:
    """What the case waits for."""
    return read(ticket.waiting_for)


def silence(code: str) -> str:
    """What happens when nobody answers."""
    return str(_SILENCE.get(code, "")) or read(code)


def routed(sentence: str) -> str:
    """Why the case lies with its department: a rule's reason, or what a colleague wrote."""
    return str(ROUTED.get(sentence, sentence))


def alert(text: str) -> str:
    """What the lead is told."""
    for pattern, words in _ALERTS:
        match = pattern.fullmatch(text)
        if match:
            return str(words) % {name: _named(name, one) for name, one in match.groupdict().items()}
    return read(text)


def _named(name: str, value: str) -> str:
    if name == "rule":
        row = Deadline.objects.filter(rule=value).first()
        return row.name if row else value
    return departments.label(value) if name == "department" else read(value)


def party(code: str) -> str:
    """A department, or somebody outside it."""
    if code == departments.LEAD:
        return gettext("Lead")
    return str(dict(PARTIES).get(code) or departments.label(code))


def bound(code: str) -> str:
    """Whom a date binds."""
    return str(_BOUND.get(code, code))


def nature(code: str) -> str:
    """What kind of date it is; empty for a plain deadline."""
    return str(_NATURE.get(code, code))


def source(code: str) -> str:
    """The way by which a case came."""
    return str(_SOURCES.get(code, code))


def span(length: timedelta) -> str:
    """A length of time in its two largest units: ``3 d 4 h``, ``5 h 20 m``, ``12 m``."""
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days >= 10:
        return ngettext("%d d", "%d d", days) % days
    if days:
        return gettext("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours:
        return gettext("%(hours)d h %(minutes)d m") % {"hours": hours, "minutes": rest}
    return gettext("%d m") % rest


def unknown_routes() -> set[str]:
    """Routing reasons that have no words here; a test keeps this empty."""
    return {rule.why for rule in routing.ROUTES} - set(ROUTED)
