"""The export of the US regulator (CFPB): its columns of today, its older ones, its API's names.

A column counts by its letters and digits alone, so "Sub-product" and ``sub_product`` are one. The
oldest files lack narrative, tags and consent. The public export names no customer; a column of
your own may (``Cardholder``, ``Account``), or another that is named on the way in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.sources.rows import Unreadable
from complaints import taxonomy
from complaints.sources import dates, tables
from complaints.sources.records import Record
from kernel.errors import Unfit

BODY = "cfpb"
# What the columns were called over the years, by letters and digits alone; first is today's.
COLUMNS = {
    "external_ref": ("complaintid",),
    "sent": ("datesenttocompany",),
    "received": ("datereceived",),
    "product": ("product",),
    "sub_product": ("subproduct",),
    "issue": ("issue",),
    "sub_issue": ("subissue",),
    "narrative": ("consumercomplaintnarrative", "complaintwhathappened", "complaintdescription"),
    "company": ("company", "companyname"),
    "response": ("companyresponsetoconsumer", "companyresponse"),
    "cardholder": ("cardholder", "cardholderreference", "customerreference", "customerid"),
    "account": ("account", "accountreference"),
}
_NEEDED = {"external_ref": "Complaint ID", "sent": "Date sent to company"}
_WORDS = (
    ("product", "Product"), ("sub_product", "Sub-product"), ("issue", "Issue"),
    ("sub_issue", "Sub-issue"),
)  # fmt: skip


def read(
    handle: BinaryIO,
    *,
    encoding: str = "utf-8",
    advance: Callable[[int], object] = lambda size: None,
    company: str = "",
    only_open: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Record | Unreadable]:
    """Yield the complaints of an export.

    ``company`` takes only rows about that company; ``only_open`` leaves out what the export says
    is answered. ``columns`` names columns of your own: ``{"cardholder": "Member no."}``.
    """
    own = {name: _bare(column) for name, column in (columns or {}).items() if column}

    def accept(heading: Sequence[str]) -> Unfit | None:
        return _refusal({_bare(name) for name in heading}, own)

    for row in tables.read(handle, encoding=encoding, advance=advance, accept=accept):
        if isinstance(row, Unreadable):
            yield row
            continue
        place, cells = row
        yield _record(place, _by_name(cells, own), company, only_open=only_open)


def _refusal(bare: set[str], own: Mapping[str, str]) -> Unfit | None:
    for name, label in _NEEDED.items():
        if not bare & set(COLUMNS[name]):
            sentence = _("The column “%(column)s” is missing: this is no export of the CFPB.")
            return Unfit("column_missing", sentence % {"column": label})
    for column in own.values():
        if column not in bare:
            return Unfit("column_missing", _("The column that you named is not in the file."))
    return None


def _by_name(cells: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    bare = {_bare(heading): cell for heading, cell in cells.items()}
    found = {
        name: next((bare[one] for one in names if one in bare), "")
        for name, names in COLUMNS.items()
    }
    return found | {name: bare[column] for name, column in own.items()}


def _record(place: str, told: Mapping[str, str], company: str, *, only_open: bool) -> Record:
    words = [f"{label}: {told[name].strip()}" for name, label in _WORDS if told[name].strip()]
    values = {
        "external_ref": told["external_ref"],
        "received_on": dates.american(told["sent"]),
        "story": "\n".join([*words, "", told["narrative"]]).strip(),
        "category": category(told["issue"].strip(), told["sub_issue"].strip()),
        "source": "regulator",
        "body": BODY,
        "cardholder": told["cardholder"],
        "account": told["account"],
    }
    skip = ""
    if company and told["company"].strip().casefold() != company.strip().casefold():
        skip = "another company"
    elif only_open and told["response"].strip().casefold().startswith("closed"):
        skip = "answered already"
    return Record(
        place, values, product=told["product"].strip(), issue=told["issue"].strip(), skip=skip
    )


def _bare(heading: str) -> str:
    return "".join(char for char in heading.casefold() if char.isalnum())


def _crosswalk() -> dict[tuple[str, str], str]:
    """The regulator's issue and sub-issue to our category, where only one of ours is meant."""
    pairs = Counter(row.cfpb for row in taxonomy.CATEGORIES.values())
    return {
        (row.cfpb[0], row.cfpb[1]): row.code
        for row in taxonomy.CATEGORIES.values()
        if pairs[row.cfpb] == 1
    }


_CATEGORY = _crosswalk()


def category(issue: str, sub_issue: str) -> str:
    """Our category of the regulator's words, or none: two that fit are for a person to choose."""
    return _CATEGORY.get((issue, sub_issue), "")
