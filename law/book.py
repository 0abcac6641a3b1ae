"""The rules as a page: a table for each place, generated so that it cannot go stale."""

from __future__ import annotations

from law.calendars import calendars
from law.places import Place, places
from law.registry import rules
from law.rule import Rule

HEADING = """# The law that runs here

Generated from `law/`. Each row is a rule with its citation; a rule that is off waits for somebody
to confirm its number and then runs by its id in the setting of enabled rules. Not legal advice.

Confidence: *certain*, the text or agreeing sources were read; *high*, one good source or a
well-known text; *medium*, *low*, unconfirmed and off; *policy*, the issuer's own choice.
"""
COLUMNS = (
    "| id | name | 名称 | what | law | binds | confidence | |\n|---|---|---|---|---|---|---|---|"
)


def markdown() -> str:
    """Return the whole page."""
    tables = [_table(place, rules(place.id)) for place in places().values()]
    return "\n".join([HEADING, *tables, _calendars()])


def _table(place: Place, found: list[Rule]) -> str:
    rows = "\n".join(_row(rule) for rule in found)
    return f"## {place.name_en} · {place.name_zh} (`{place.id}`)\n\n{COLUMNS}\n{rows}\n"


def _row(rule: Rule) -> str:
    state = "on" if rule.enabled else "**off**"
    cells = (
        f"`{rule.id}`", rule.name_en, rule.name_zh, f"*{rule.nature}*: {rule.text}",
        rule.citation, rule.binds, rule.confidence, state,
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _calendars() -> str:
    rows = "\n".join(
        f"| `{one.id}` | {one.name} | {one.source} | {one.version} "
        f"| {one.first_year}–{max([one.last_year, *(year for year, _ in one.loaded)])} |"
        for one in calendars()
    )
    return (
        "## Business-day calendars\n\nA year outside the last column refuses.\n\n"
        f"| id | name | source | version | years |\n|---|---|---|---|---|\n{rows}\n"
    )
