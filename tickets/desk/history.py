"""History in the words of the reader: who did what, when, with names and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.money import Money
from law.registry import by_id
from tickets import departments
from tickets.desk import words
from tickets.models import Event, Ticket

SHOWN = 60  # events on the case page; the rest is one click away
_HAN = re.compile("[\u3400-\u9fff]")
TOLD = 5  # events in a sentence about what happened meanwhile


@dataclass(frozen=True)
class Line:
    """One event as a line of the timeline."""

    at: datetime
    who: str
    did: str
    detail: str
    kind: str


class Names:
    """The names behind the references that history keeps; one query for a whole page."""

    def __init__(self, refs: Iterable[tuple[str, str]], cardholder: str = "") -> None:
        self._cardholder = cardholder
        keys = {ref.partition(":")[2] for _kind, ref in refs if ref.startswith("user:")}
        users = get_user_model()._default_manager.filter(pk__in=keys) if keys else []
        self._staff = {f"user:{user.pk}": person(user) for user in users}

    def of(self, kind: str, ref: str) -> str:
        """Who it was, in words."""
        if kind == "staff":
            return self._staff.get(ref, _("a former colleague"))
        if kind == "cardholder":
            return self._cardholder or _("the cardholder")
        return _("the issuer's system") if kind == "integrator" else _("the desk")

    def staff(self, ref: str) -> str:
        """A member of staff by the reference that rows keep ("user:7"); the desk itself else."""
        return self.of("staff" if ref.startswith("user:") else "system", ref) if ref else ""


def person(user: Any) -> str:
    """A colleague's name, in the order in which it is said: 王敏, Ada Lovelace."""
    if _HAN.search(user.last_name):
        return f"{user.last_name}{user.first_name}"
    return str(user.get_full_name() or user.get_username())


def lines(events: Iterable[Event], names: Names) -> list[Line]:
    """Events as lines, in the order given."""
    return [
        Line(event.at, names.of(event.actor_kind, event.actor_ref), str(words.of(event.name).done),
             detail(event), event.name.partition(".")[0])
        for event in events
    ]  # fmt: skip


def detail(event: Event) -> str:
    """The part of the facts that a reader wants: amount, department, outcome, date."""
    facts = event.facts
    found = [_amount(facts), _department(facts), _date(facts)]
    found += [reader(facts) for reader in _DETAILS.get(event.name, ())]
    return " · ".join(part for part in found if part)


def since(ticket: Ticket, version: int, reader: Actor) -> str:
    """What happened to the case after ``version``, as a sentence for who was about to act."""
    events = list(ticket.events.filter(seq__gt=version).order_by("-seq")[:TOLD])[::-1]
    names = Names([(one.actor_kind, one.actor_ref) for one in events])
    told = "; ".join(f"{line.who} {line.did} ({_clock(line.at)})" for line in lines(events, names))
    return _("Meanwhile: %(told)s. Nothing was changed by you; look again, then decide.") % {
        "told": told or _("the case changed")
    }


def _rule(facts: dict[str, Any]) -> str:
    """Which date it was; what moved it, and why, where it was counted again."""
    rule = by_id().get(facts.get("rule", ""))
    chinese = (get_language() or "").startswith("zh")
    name = (rule.name_zh if chinese else rule.name_en) if rule else str(facts.get("rule", ""))
    moved = " → ".join(one for one in (facts.get("from"), facts.get("to")) if one)
    return " · ".join(part for part in (name, moved, facts.get("reason", "")) if part)


_DETAILS: dict[str, tuple[Any, ...]] = dict.fromkeys(
    ("ticket.warn", "ticket.breach", "ticket.reassess"), (_rule,)
)


def explain(name: str, *readers: Any) -> None:
    """Add what a room above reads out of its events' facts."""
    _DETAILS[name] = readers


def _amount(facts: dict[str, Any]) -> str:
    minor, currency = facts.get("minor"), facts.get("currency")
    return str(Money(minor, currency)) if isinstance(minor, int) and currency else ""


def _department(facts: dict[str, Any]) -> str:
    code = facts.get("department") or facts.get("to") or ""
    return departments.label(code) if code in departments.DEPARTMENTS else ""


def _date(facts: dict[str, Any]) -> str:
    text = facts.get("on") or facts.get("due") or facts.get("until") or ""
    return text[:10] if isinstance(text, str) and text[:4].isdigit() else ""


def _clock(at: datetime) -> str:
    return date_format(localtime(at), "H:i") + " UTC"
