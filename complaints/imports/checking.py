"""Is a row fit to be a complaint? Said before anything is stored, without a look at the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from django.utils.translation import gettext as _

from accounts import redaction
from complaints.services import Grievance
from complaints.services.intake import check_category, check_department
from complaints.sources import dates
from complaints.sources.records import Record
from kernel.errors import Unfit
from tickets import messages

# A reference stands on the case as "body:reference".
_REFERENCE_CHARACTERS = 80
_CODE = re.compile(r"[a-z0-9_]{1,20}")
_FLAGS = {"": None, "yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# A break is looked for where a long text may be cut: at a line, else at a blank.
_CUT = messages.LONGEST - 2_000


@dataclass(frozen=True)
class Checked:
    """A row that is fit: what came in, and who it says it is from, as far as it says so."""

    record: Record = field(repr=False)
    grievance: Grievance = field(repr=False)
    more: tuple[str, ...] = field(default=(), repr=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes this delivery one: door, body and its reference."""
        return self.grievance.source, self.grievance.body, self.grievance.external_ref

    def received(self, zone: tzinfo, now: datetime) -> datetime:
        """When it was received, a bare day being one of ``zone``. Raises Unfit."""
        record = self.record
        on, at = record.text("received_on"), record.text("received_at")
        return dates.instant(on=on, at=at, zone=zone, now=now)

    def dated(self, zone: tzinfo, now: datetime) -> Checked:
        """The same, with the instant of receipt. Raises Unfit."""
        told = replace(self.grievance, received_at=self.received(zone, now))
        return replace(self, grievance=told)


def check(record: Record, now: datetime) -> Checked:
    """Return what the row says, checked.

    Raises:
        Unfit: with a sentence that says what to do; it never repeats a cell.
    """
    if any(_UNCLEAN.search(value) for value in record.values.values()):
        sentence = _("The row holds characters that no text has: export the file again, as text.")
        raise Unfit("text_not_clean", sentence)
    first, *more = _parts(record.text("story"))
    grievance = Grievance(
        story=messages.checked(first),
        source=_code(record.text("source") or "regulator", "source"),
        body=_code(record.text("body"), "body") if record.text("body") else "",
        external_ref=_reference(record),
        category=check_category(record.text("category")) if record.text("category") else "",
        payment_services=_flag(record, "payment_services"),
        hardship=bool(_flag(record, "hardship")),
        complained_of_department=check_department(record.text("complained_of_department")),
    )
    checked = Checked(record, grievance, tuple(more))
    checked.received(UTC, now)
    return checked


def _reference(record: Record) -> str:
    named = record.text("external_ref")
    if not named:
        sentence = _("There is no reference: without one the row would come in twice.")
        raise Unfit("reference_missing", sentence, field="external_ref")
    if len(named) + len(record.text("body")) + 1 > _REFERENCE_CHARACTERS:
        sentence = _("The reference is longer than %(most)d characters.")
        raise Unfit("reference_too_long", sentence % {"most": _REFERENCE_CHARACTERS})
    if redaction.holds_card_number(named, issued_only=True):
        sentence = _("The reference is a full card number: use the sender's own reference.")
        raise Unfit("card_number_refused", sentence, field="external_ref")
    return named


def _code(told: str, name: str) -> str:
    if not _CODE.fullmatch(told):
        sentence = _("%(field)s is a short word in small letters, such as nfra.")
        raise Unfit("code_unfit", sentence % {"field": name}, field=name)
    return told


def _flag(record: Record, name: str) -> bool | None:
    told = record.text(name).casefold()
    if told not in _FLAGS:
        sentence = _("%(field)s is yes, no or empty.") % {"field": name}
        raise Unfit("flag_unfit", sentence, field=name)
    return _FLAGS[told]


def _parts(story: str) -> list[str]:
    """Cut a long story into messages; what is secret is masked before, so that no cut hides it."""
    if len(story) <= messages.LONGEST:
        return [story]
    rest, parts = redaction.mask(story), []
    while len(rest) > messages.LONGEST:
        cut = max(rest.rfind("\n", _CUT, messages.LONGEST), 0)
        cut = cut or max(rest.rfind(" ", _CUT, messages.LONGEST), 0) or messages.LONGEST
        parts.append(rest[:cut])
        rest = rest[cut:].strip()
    return [*parts, rest] if rest else parts
