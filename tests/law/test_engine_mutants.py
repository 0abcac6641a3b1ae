"""The engine's own arithmetic: no counting, comparing or ending of days changes unnoticed."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from law import calendars, cycles
from law.facts import Facts
from law.rule import Term
from law.trace import Trace
from law.verdicts import forbidden, of_act
from tests.law.mutants import engine_mutants
from tests.law.mutants_in_force import in_force
from tests.law.oracles import minutes, walking
from tests.law.oracles.calendars import CLOSED
from tests.law.oracles.dates import DAY
from tests.law.test_mutants import seconds

FED = CLOSED["US-FED"][0]
DAYS = [*(date(2023, 12, 28) + 11 * n * DAY for n in range(40)), date(2024, 2, 29)]
CLOSINGS = tuple(date(2026, month, 15) for month in range(1, 8))
ZONE = "America/New_York"
NATURES = ("deadline", "window", "verdict", "prohibition", "wait")
TURNS = (date(2026, 3, 8), date(2026, 11, 1), date(2026, 6, 1))


def counted_by_calendar():
    trace = Trace(calendars.named("US-FED"))
    for day, count in product(DAYS, (0, 1, 7)):
        yield trace.business_days(day, count), walking.nth_open(FED, day, count)
        yield trace.business_days_before(day, count), walking.nth_open(FED, day, count, -DAY)
        yield trace.next_business_day(day), walking.nearest_open(FED, day)
        before = calendars.last_business_day_on_or_before("US-FED", day)
        yield before, walking.nearest_open(FED, day, -DAY)
        yield calendars.is_business_day("US-FED", day), not FED(day)
    yield refused(-1), "a number of business days cannot be negative"


def refused(count):
    try:
        return str(calendars.add_business_days("US-FED", DAYS[0], count))
    except ValueError as problem:
        return str(problem)


def counted_without():
    trace = Trace()
    for day, count in product(DAYS, (1, 2, 9, 13)):
        yield trace.days(day, count), walking.days_on(day, count)
        yield trace.days_from(day, count), walking.days_on(day, count - 1)
        yield walking.days_on(trace.days_before(day, count), count), day
        yield trace.weeks(day, count), walking.weeks_on(day, count)
        yield trace.months(day, count), walking.months_on(day, count)
        yield trace.years(day, count), walking.months_on(day, 12 * count)
        other = day + (count - 5) * DAY
        yield trace.earlier(day, other), sorted([day, other])[0]
        yield trace.later(day, other), sorted([day, other])[1]


def cycles_counted():
    for day, cautious in product((CLOSINGS[0] + n * DAY for n in range(100)), (True, False)):
        found = cycles.complete_cycles_end(day, CLOSINGS, 2, cautious=cautious)
        yield found, walking.whole_cycles(day, CLOSINGS, 2, from_next_day=not cautious)
        trace, walked = Trace(), walking.whole_cycles(day, CLOSINGS, 2, from_next_day=False)
        yield trace.complete_cycles(day, CLOSINGS, 2), walked
        said = f"2 complete billing cycles end on {walked}"
        yield [step.en for step in trace.steps], [said] * (walked is not None)
        after = tuple(one for one in CLOSINGS if (one - day).days > 0)
        yield cycles.closings_after(day, CLOSINGS), after


def ended_and_elapsed():
    for day in TURNS:
        first = minutes.first_after(day, ZONE)
        yield Trace().end_of_day(day, ZONE), first
        yield Facts("us", "dispute", {}, ZONE).end_of(day), first
        yield Facts("us", "dispute", {}).end_of(day), None
        start = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        yield Trace().hours(start, 24, ZONE), minutes.elapsed(start, 24)


def judged():
    last, free = Term(DAYS[0]), Term(first_allowed_on=DAYS[0])
    ends = dict(zip(NATURES, (last, last, last, free, free), strict=True))
    for (nature, term), gap, exempt in product(ends.items(), range(-9, 3), (False, True)):
        facts = Facts("us", "dispute", {"acted_on": DAYS[0] + gap * DAY, "exempt": exempt})
        said = {"deadline": f"late_by_{gap}" if gap > 0 else "timely", "verdict": ""}
        said["window"] = said["deadline"]
        inside = -7 <= gap < 0 and not exempt
        said["prohibition"] = "prohibited" if inside else "allowed"
        said["wait"] = "early" if gap < 0 else "allowed"
        yield of_act(nature, DAYS[0] - 7 * DAY, term, facts), said[nature]
    for nature in ends:
        acted = Facts("us", "dispute", {"acted_on": DAYS[0]})
        yield of_act(nature, DAYS[0], Term(), Facts("us", "dispute", {})), ""
        open_end = "prohibited" if nature == "prohibition" else ""
        yield of_act(nature, DAYS[0], Term(), acted), open_end
    yield forbidden(DAYS[0], DAYS[1], DAYS[0]), "prohibited"


ENGINE = {
    ("law.calendars", counted_by_calendar): (
        "business_days_before", "last_business_day_on_or_before", "is_business_day", "_count",
        "_walk",
    ),
    ("law.calendars", counted_without): ("add_months", "add_years"),
    ("law.trace", counted_by_calendar): (
        "Trace.business_days", "Trace.business_days_before", "Trace.next_business_day",
    ),
    ("law.trace", counted_without): (
        "Trace.days", "Trace.days_from", "Trace.days_before", "Trace.weeks", "Trace.months",
        "Trace.years", "Trace.earlier", "Trace.later",
    ),
    ("law.trace", ended_and_elapsed): ("Trace.hours", "Trace.end_of_day"),
    ("law.trace", cycles_counted): ("Trace.complete_cycles",),
    ("law.facts", ended_and_elapsed): ("Facts.end_of",),
    ("law.cycles", cycles_counted): ("complete_cycles_end", "closings_after"),
    ("law.verdicts", judged): ("timely", "forbidden", "of_act"),
}  # fmt: skip
PLACES = [(module, oracle, name) for (module, oracle), names in ENGINE.items() for name in names]


def agrees(oracle):
    return all(found == expected for found, expected in oracle())


def survives(mutant, name, oracle):
    try:
        with seconds(3), in_force(mutant, name):
            return agrees(oracle)
    except Exception:
        return False


@pytest.mark.parametrize(("module", "oracle", "name"), PLACES, ids=[one[2] for one in PLACES])
def test_every_mutant_of_the_engine_is_noticed(module, oracle, name):
    assert agrees(oracle)

    mutants = list(engine_mutants(module, name))
    found = [one.what for one in mutants if survives(one, name, oracle)]

    assert mutants
    assert found == []
    assert agrees(oracle)
