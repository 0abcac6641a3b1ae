"""What is measured, in which words, and how many units it may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scenario:
    """One kind of request. ``most`` is what one run may use up of a seed's cases."""

    code: str
    title: str
    aim: float | None = None
    again: bool = True  # the same request may be sent again
    most: int = 4_000
    event: str = ""  # what each request must leave in history


UNIT = Scenario("unit", "the unit: token, one SELECT")
SCENARIOS = (
    UNIT,
    Scenario("file", "file a dispute", 4.5, again=False, event="dispute.file"),
    Scenario("read", "read a case", 2.8),
    Scenario("list", "list my cases", 3.5),
    Scenario("verb", "press a verb (withdraw)", 4.0, again=False, event="dispute.withdraw"),
    Scenario("desk_list", "the desk's default page"),
    Scenario("desk_case", "the desk's case page"),
    Scenario("desk_verb", "press at the desk (acknowledge)", again=False,
             event="dispute.acknowledge"),
)  # fmt: skip
GROWTH = 1.2  # what the largest seed may cost, measured by the smallest
