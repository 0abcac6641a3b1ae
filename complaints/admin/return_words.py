"""What the numbers of a return are called on the page, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from complaints import taxonomy
from complaints.outcomes import OUTCOMES
from complaints.returns.counting import TOTAL, Cell
from complaints.returns.profiles import NOT_SAID
from tickets import departments
from tickets.desk import phrases

_MEASURES = {
    "open_at_start": _lazy("Open at the start"),
    "opened": _lazy("Opened"),
    "closed": _lazy("Closed"),
    "open_at_end": _lazy("Open at the end"),
    "upheld": _lazy("Upheld, in whole or in part"),
    "late_cases": _lazy("Cases with a missed date of law"),
    "late_dates": _lazy("Missed dates of law"),
    "redress_paid": _lazy("Redress paid, in minor units"),
    "redress_lines": _lazy("Lines of redress"),
}
_BY = {
    "product": _lazy("Product"),
    "department": _lazy("Department"),
    "category": _lazy("Category"),
    "source": _lazy("Came by"),
    "outcome": _lazy("Outcome"),
    "age": _lazy("Age"),
    "root_cause": _lazy("Root cause"),
    "root_cause_group": _lazy("Group of causes"),
    "company_response": _lazy("Company response"),
    "kind": _lazy("Kind of redress"),
    "rule": _lazy("Rule"),
    "cfpb_issue": _lazy("CFPB issue"),
    "cfpb_sub_issue": _lazy("CFPB sub-issue"),
    "fca_cause": _lazy("FCA cause"),
    "jrt0169_c": _lazy("JR/T 0169 cause"),
}
_TABLES: dict[str, Mapping[str, taxonomy.Words]] = {
    "category": taxonomy.CATEGORIES,
    "root_cause": taxonomy.ROOT_CAUSES,
    "root_cause_group": taxonomy.ROOT_CAUSE_GROUPS,
    "kind": taxonomy.REDRESS,
}
_AGES = {
    "within_3_business_days": _lazy("within three business days"),
    "within_8_weeks": _lazy("within eight weeks"),
}


def measure(code: str) -> str:
    """What is counted."""
    return str(_MEASURES.get(code, code))


def by(code: str) -> str:
    """By what it is divided."""
    return str(_BY.get(code, code))


def code(cell: Cell) -> str:
    """The value for which a number stands."""
    if cell.code == NOT_SAID:
        return _("not said")
    if cell.by == "age":
        return _age(cell.code)
    if cell.by == "source":
        return str(phrases.source(cell.code))
    if cell.by == "outcome":
        return str(dict(OUTCOMES).get(cell.code, cell.code))
    if cell.by == "department":
        return departments.label(cell.code)
    row = _TABLES.get(cell.by, {}).get(cell.code)
    return row.label() if row else cell.code


def _age(band: str) -> str:
    if band in _AGES:
        return str(_AGES[band])
    days = next(part for part in band.split("_") if part.isdigit())
    if band.startswith("over"):
        return _("more than %(days)s days") % {"days": days}
    return _("within %(days)s days") % {"days": days}


def sentence(cell: Cell) -> str:
    """What a number says, as a heading."""
    parts = [measure(cell.measure)]
    if cell.by != TOTAL:
        parts.append(f"{by(cell.by)}: {code(cell)}")
    return " · ".join([*parts, *([cell.currency] if cell.currency else [])])
