"""Count one rule on given facts and tell each step: ``explain_law RULE --facts '{…}'``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from law import calendars
from law.calendars import CalendarMissing
from law.deadlines import Uncomputable
from law.facts import Facts, MissingFact, zone_named
from law.places import EVERYWHERE, calendar_of, places
from law.registry import UnknownRule, rule
from law.rule import Rule
from law.worked import explain, files, report, values
from law.worked.case import Unreadable, Worked
from tickets import calendars as loaded

Refused = (*Uncomputable, UnknownRule, Unreadable)


class Command(BaseCommand):
    help = "Explain one rule on given facts, step by step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rule", help="its id, such as US-REGZ-13C1-ACK-30D")
        parser.add_argument("--facts", default="{}", help="JSON, by the names that the rules read")
        parser.add_argument("--jurisdiction", default="", help="default: the rule's own place")
        parser.add_argument("--calendar", default="", help="business days; default: the place's")
        parser.add_argument("--zone", default="", help="in which days are counted")
        parser.add_argument("--language", choices=("en", "zh"), default="en")
        parser.add_argument("--raw", action="store_true", help="facts by the worked cases' names")

    def handle(self, *args: Any, **options: Any) -> None:
        with suppress(DatabaseError):  # not migrated yet: nothing is loaded
            loaded.heed(now=True)
        try:
            case = _raw(options) if options["raw"] else _read(options)
            told = list(explain.lines(case, options["language"]))
        except Refused as problem:
            hint = _misspelt(problem, options["facts"])
            raise CommandError(_sentence(problem) + hint, returncode=2) from None
        except report.Faults as problem:
            # A fact of the wrong shape that no rule foresaw: still one sentence.
            said = report.said(problem)
            raise CommandError(f"The facts cannot be read: {said}.", returncode=2) from None
        self.stdout.write("\n".join(told))


def _read(options: Mapping[str, Any]) -> Worked:
    one = rule(options["rule"].strip().upper())
    given = _facts(options["facts"])
    place = _place(options["jurisdiction"].lower(), one)
    if options["zone"]:
        zone_named(options["zone"])
    facts = Facts(place, one.kinds[0], values.read(given), options["zone"])
    name = options["calendar"] or calendar_of(place, facts.text("region", ""))
    calendar = calendars.named(name) if name else None
    return Worked("", one, facts, calendar, {}, given=given)


def _raw(options: Mapping[str, Any]) -> Worked:
    """Read the facts as a worked case names them; ``op`` among them makes it a Chinese one."""
    given = dict(_facts(options["facts"]))
    if options["zone"]:
        zone_named(options["zone"])
        given["zone"] = options["zone"]
    one = rule(options["rule"].strip().upper())
    place = _place(options["jurisdiction"].lower(), one)
    case = {
        "id": "", "rule_id": one.id, "facts": given, "jurisdiction": place,
        "calendar": options["calendar"] or calendar_of(place), "expected": {"due": ""},
    }  # fmt: skip
    if "op" in given:
        case["op"] = given.pop("op")
    return files.read(case)


def _facts(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except ValueError as problem:
        raise Unreadable(f"--facts is no JSON: {problem}") from None
    if not isinstance(given, dict):
        raise Unreadable('--facts must be a JSON object, such as {"notice_received": "2026-03-02"}')
    return given


def _place(name: str, one: Rule) -> str:
    place = name or explain.default_place(one)
    if place not in places() or place in EVERYWHERE:
        known = ", ".join(known for known in places() if known not in EVERYWHERE)
        raise Unreadable(f'there are no rules for the jurisdiction "{name}": give one of {known}')
    return place


def _misspelt(problem: Exception, given: str) -> str:
    """Name the fact that was given in place of the missing one, if one is nearly its name."""
    if not isinstance(problem, MissingFact):
        return ""
    near = get_close_matches(problem.name, _facts(given), n=1, cutoff=0.8)
    return f' You gave "{near[0]}".' if near and near[0] != problem.name else ""


def _sentence(problem: Exception) -> str:
    if isinstance(problem, CalendarMissing):
        return f"The {problem}: load it, and this date can be computed."
    text = str(problem).rstrip(".?")
    return f"{text[:1].upper()}{text[1:]}."
