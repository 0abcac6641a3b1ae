"""The shapes of the engine: a rule, what it gives, and what it cannot give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from law.facts import Facts
from law.trace import Step, Trace

VERSION = "2026-11"  # the month in which the rules were last compared with their texts


@dataclass(frozen=True, slots=True)
class Term:
    """What a rule's function found, where one date does not say it all."""

    due_on: date | None = None
    due_at: datetime | None = None  # for rules that count hours; else the end of due_on
    first_allowed_on: date | None = None
    latest_on: date | None = None  # an outer limit that no later start can pass
    other_reading_on: date | None = None  # what the less cautious reading would give
    verdict: str = ""
    amount_minor: int | None = None
    binds: str = ""  # when the facts decide whom it binds
    # What else the rule found, by name: an assumed receipt, a compensation, a counter.
    found: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty, window, wait, prohibition or test, with its law.

    ``starts`` names the fact that starts it, ``or_starts`` facts that do as well. ``due`` reads
    the facts and explains each step to the trace; a bare date is the last lawful day (for a
    wait, the first). ``when`` says whether the rule applies at all. ``ends`` are event names.
    ``binds`` is issuer, customer, network, merchant (or its bank), regulator, collector or
    adviser. ``rolls``: a last day that is closed moves forward, in the customer's favour.
    ``in_force`` is the first and last day of the rule, judged by the first known fact of
    ``dated_by`` (else by what starts it). ``ended_by`` names the fact whose day is the first
    free one of a prohibition; ``forbids`` are the acts of law.acts that it bars.
    """

    id: str
    key: str
    name_en: str
    name_zh: str
    citation: str
    text: str
    text_zh: str
    severity: str  # statutory, network, self_regulatory, internal
    confidence: str  # certain, high, medium, low, policy
    kinds: tuple[str, ...]
    starts: str
    due: Callable[[Facts, Trace], date | Term | None]
    ends: tuple[str, ...] = ()
    binds: str = "issuer"
    nature: str = "deadline"  # deadline, window, wait, prohibition, verdict, duty
    enabled: bool = True
    or_starts: tuple[str, ...] = ()
    when: Callable[[Facts], bool] | None = None
    rolls: bool = False
    warn_before_days: tuple[int, ...] = ()
    in_force: tuple[date | None, date | None] = (None, None)
    dated_by: tuple[str, ...] = ()
    ended_by: str = ""
    forbids: tuple[str, ...] = ()
    version: str = VERSION

    @property
    def pausable(self) -> bool:
        """Statutory and network clocks never stop; the house's own targets may."""
        return self.severity == "internal"

    def started(self, facts: Facts) -> bool:
        """Say whether a fact that starts this rule is known."""
        return facts.has(self.starts) or any(facts.has(name) for name in self.or_starts)

    def applies_on(self, facts: Facts) -> bool:
        """Say whether the rule is in force on the day that chooses its version."""
        first, last = self.in_force
        if first is None and last is None:
            return True
        dating = [name for name in self.dated_by if facts.has(name)]
        day = facts.first_day(*(dating or (self.starts, *self.or_starts)))
        return (first is None or day >= first) and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class Due:
    """A rule applied to a case: its dates and how each was found.

    ``due_at`` is the instant at which ``due_on`` is over, 24:00 where the case counts its days;
    None while that time zone is not known.
    """

    rule_id: str
    key: str
    name_en: str
    name_zh: str
    citation: str
    severity: str
    confidence: str
    binds: str
    nature: str
    version: str
    starts_on: date | None  # None: a test of amounts that names no day
    due_on: date | None
    first_allowed_on: date | None
    safe_on: date | None
    rolled_on: date | None
    ends: tuple[str, ...]
    warn_before_days: tuple[int, ...]
    trace: tuple[Step, ...]
    pausable: bool
    waits_for: str = ""
    due_at: datetime | None = None
    latest_on: date | None = None
    other_reading_on: date | None = None
    verdict: str = ""
    amount_minor: int | None = None
    found: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A rule that runs but whose date cannot be computed, and what to give so that it can."""

    rule_id: str
    key: str
    citation: str
    name_en: str
    name_zh: str
    severity: str
    why: str
    # What ends it, and whom it binds, are known all the same.
    ends: tuple[str, ...] = ()
    binds: str = "issuer"
    nature: str = "deadline"
