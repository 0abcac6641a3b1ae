"""The rules as a page and as a list: a table for each place, generated so it cannot go stale."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import east_asian_width

from law.calendars import Calendar, calendars
from law.places import Place, places
from law.registry import rules
from law.rule import Rule

HEADING = """# The law that runs here

Generated from `law/`. Each row is a rule with its citation; a rule that is off waits for somebody
to confirm its number and then runs by its id in the setting of enabled rules. Not legal advice.
`manage.py explain_law` counts any of them on given facts, step by step.

Confidence: *certain*, the text or agreeing sources were read; *high*, one good source or a
well-known text; *medium*, *low*, unconfirmed and off; *policy*, the issuer's own choice.
"""
COLUMNS = (
    "| id | name | 名称 | what | law | binds | confidence | in force | |\n"
    "|---|---|---|---|---|---|---|---|---|"
)
HEADS = {
    "en": ("id", "nature", "name", "law", "confidence", ""),
    "zh": ("编号", "类别", "名称", "依据", "可信度", ""),
}
ZH = {
    "deadline": "期限", "window": "权利期间", "wait": "等待期", "prohibition": "禁止",
    "verdict": "判断", "duty": "义务", "certain": "确定", "high": "较高", "medium": "中等",
    "low": "低", "policy": "内部政策", "on": "启用", "off": "停用", "statutory": "法定",
    "network": "卡组织", "self_regulatory": "行业自律", "internal": "内部",
    "issuer": "发卡机构", "customer": "客户", "merchant": "商户或收单方",
    "regulator": "监管机构", "collector": "催收机构", "adviser": "债务顾问",
}  # fmt: skip


def word(name: str, language: str) -> str:
    """Return a word of the rules' own vocabulary in "en" or "zh"; a table has no entry for all."""
    return ZH.get(name, name) if language == "zh" else name


def in_force(rule: Rule) -> str:
    """Return from when to when a rule is in force, "" where it names no day."""
    first, last = rule.in_force
    return f"{first or ''}–{last or ''}" if first or last else ""


def markdown() -> str:
    """Return the whole page."""
    tables = [_table(place, rules(place.id)) for place in places().values()]
    return "\n".join([HEADING, _contents(), *tables, _calendars()])


def listing(found: Iterable[Rule], language: str) -> str:
    """Return rules as columns for a terminal, in "en" or "zh"."""
    rows = [HEADS[language], *(_cells(rule, language) for rule in found)]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows)


def _cells(rule: Rule, language: str) -> tuple[str, ...]:
    words = (rule.nature, rule.confidence, "on" if rule.enabled else "off")
    nature, confidence, state = (word(one, language) for one in words)
    name = rule.name_zh if language == "zh" else rule.name_en
    return rule.id, nature, name, rule.citation, confidence, state


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _contents() -> str:
    links = (
        f"- [{place.name_en} · {place.name_zh}](#{place.id}): {len(rules(place.id))} rules, "
        f"{sum(not rule.enabled for rule in rules(place.id))} of them off"
        for place in places().values()
    )
    return "\n".join([*links, "- [Business-day calendars](#calendars)", ""])


def _table(place: Place, found: list[Rule]) -> str:
    rows = "\n".join(_row(rule) for rule in found)
    title = f"{place.name_en} · {place.name_zh} (`{place.id}`)"
    return f'<a id="{place.id}"></a>\n\n## {title}\n\n{COLUMNS}\n{rows}\n'


def _row(rule: Rule) -> str:
    state = "on" if rule.enabled else "**off**"
    cells = (
        f"`{rule.id}`", rule.name_en, rule.name_zh, f"*{rule.nature}*: {rule.text}",
        rule.citation, rule.binds, rule.confidence, in_force(rule), state,
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _calendars() -> str:
    rows = "\n".join(
        f"| `{one.id}` | {one.name} | {one.source} | {one.version} | {_years(one)} |"
        for one in calendars()
    )
    return (
        '<a id="calendars"></a>\n\n## Business-day calendars\n\n'
        "A year outside the last column refuses.\n\n"
        f"| id | name | source | version | years |\n|---|---|---|---|---|\n{rows}\n"
    )


def _years(one: Calendar) -> str:
    last = max([one.last_year, *(year for year, _ in one.loaded)])
    return f"{one.first_year}–{last}" if last >= one.first_year else "as announced"
