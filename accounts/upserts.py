"""Bring many facts in at once: a handful of statements for a thousand rows, one outcome each.

The single upserts of ``accounts.services`` are batches of one, so a file and the API can never
disagree about what is fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import listeners
from accounts.coherence import refuse_incoherent
from accounts.facts import KINDS, Kind
from accounts.models import Statement
from kernel.errors import Unfit

Change = Literal["created", "changed", "unchanged"]
Values = dict[str, Any]


@dataclass(frozen=True)
class Upserted:
    """The row as it stands now, and what the upsert did to it."""

    row: Any
    change: Change


def upsert_many(kind_name: str, given: Sequence[Mapping[str, Any]]) -> list[Upserted | Unfit]:
    """Create or change rows of one kind; the outcome of each stands at its own place.

    Fit rows are written even where others are refused: whoever wants all or nothing rolls back.
    A row may repeat one before it. Call it inside a transaction.
    """
    kind = KINDS[kind_name]
    outcomes: list[Any] = [_cleaned(kind, each) for each in given]
    batch = _Batch(kind, [each for each in outcomes if not isinstance(each, Unfit)])
    for place, values in enumerate(outcomes):
        if not isinstance(values, Unfit):
            outcomes[place] = batch.take(values)
    batch.write()
    return outcomes


def _cleaned(kind: Kind, given: Mapping[str, Any]) -> Values | Unfit:
    try:
        return kind.clean(given)
    except Unfit as refusal:
        return refusal


class _Batch:
    """What the database knows about the rows of one batch, and what is to be written.

    ``known`` finds a row by its reference; ``holders`` by the second field that is its alone.
    """

    def __init__(self, kind: Kind, rows: list[Values]) -> None:
        self.kind = kind
        self.columns = {name: _column(kind, name) for name in kind.fields}
        self.parents = _parents(kind, rows)
        self.statements = _statements(rows, list(self.parents.values()))
        self.known: dict[tuple[Any, Any], Any] = {}
        self.holders: dict[tuple[Any, Any], Any] = {}
        self.new: list[Any] = []
        self.changed: dict[int, Any] = {}
        for row in _existing(kind, rows, list(self.parents.values())):
            self._remember(row)

    def take(self, values: Values) -> Upserted | Unfit:
        """Fit one row in; a refusal leaves everything as it was."""
        try:
            return self._fit_in(values)
        except Unfit as refusal:
            return refusal

    def write(self) -> None:
        """Update what changed, then insert what is new: a change may free what the new need."""
        manager = self.kind.model._default_manager
        # ON CONFLICT costs a tenth of bulk_update, whose CASE grows with each row and field.
        manager.bulk_create(
            self.changed.values(),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*self.kind.fields, "updated_at"],
        )
        manager.bulk_create(self.new)
        listeners.tell(self.kind.name, [*self.changed.values(), *self.new])

    def _fit_in(self, values: Values) -> Upserted:
        parent = self._parent(values)
        row = self.known.get(self._scoped(parent and parent.pk, values["external_ref"]))
        before = self._read(row) if row else {}
        asked = values if row else self.kind.complete(values)
        merged = before | self._by_column(asked, parent)
        refuse_incoherent(self.kind, merged, before, parent)
        self._refuse_taken(merged, row)
        if row is None:
            row = self.kind.model(**merged)
            self.new.append(row)
            self._remember(row)
            return Upserted(row, "created")
        if merged == before:
            return Upserted(row, "unchanged")
        for name, value in merged.items():
            setattr(row, name, value)
        if row.pk is not None:
            self.changed[row.pk] = row
        self._remember(row)
        return Upserted(row, "changed")

    def _parent(self, values: Values) -> Any:
        name = self.kind.parent
        if not name:
            return None
        if values[name] not in self.parents:
            raise _unfit(f"{name}_unknown", _("%(field)s names none that is known."), name)
        return self.parents[values[name]]

    def _by_column(self, values: Values, parent: Any) -> Values:
        """Put row ids in the place of the issuer's references."""
        columns = {self.columns[name]: value for name, value in values.items()}
        if self.kind.parent:
            columns[self.columns[self.kind.parent]] = parent.pk
        ref = values.get("statement")
        if ref is not None:
            if (parent.pk, ref) not in self.statements:
                sentence = _("%(field)s names none of this account's statements.")
                raise _unfit("statement_unknown", sentence, "statement")
            columns["statement_id"] = self.statements[parent.pk, ref]
        return columns

    def _refuse_taken(self, merged: Values, row: Any) -> None:
        sole = self.kind.sole
        if not sole:
            return
        holder = self.holders.get(self._scoped(self._owner(merged), merged[sole]))
        # What the holder had when it was read, it may have given up since.
        if holder is not None and holder is not row and getattr(holder, sole) == merged[sole]:
            raise _unfit(f"{sole}_taken", _("%(field)s belongs to another row."), sole)

    def _remember(self, row: Any) -> None:
        values = self._read(row)
        self.known[self._scoped(self._owner(values), row.external_ref)] = row
        if self.kind.sole:
            self.holders[self._scoped(self._owner(values), values[self.kind.sole])] = row

    def _read(self, row: Any) -> Values:
        return {column: getattr(row, column) for column in self.columns.values()}

    def _owner(self, values: Values) -> Any:
        return values[self.columns[self.kind.parent]] if self.kind.parent else None

    def _scoped(self, owner: Any, value: Any) -> tuple[Any, Any]:
        return (owner if self.kind.scoped else None), value


def _column(kind: Kind, name: str) -> str:
    """The attribute that holds the value itself: ``account_id`` for ``account``."""
    return str(kind.model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _parents(kind: Kind, rows: list[Values]) -> dict[str, Any]:
    """The rows that these hang on, by the issuer's reference."""
    if not kind.parent:
        return {}
    model: Any = KINDS[kind.parent].model
    refs = {values[kind.parent] for values in rows}
    found = model._default_manager.filter(external_ref__in=refs)
    return {each.external_ref: each for each in found}


def _statements(rows: list[Values], accounts: list[Any]) -> dict[tuple[int, str], int]:
    """The ids of the statements that transactions name, by account and reference."""
    refs = {values["statement"] for values in rows if values.get("statement")}
    if not refs:
        return {}
    found = Statement.objects.filter(account__in=accounts, external_ref__in=refs)
    return {(each.account_id, each.external_ref): each.pk for each in found}


def _existing(kind: Kind, rows: list[Values], parents: list[Any]) -> QuerySet[Any]:
    """Rows with these references, and those that hold what these rows ask for; locked."""
    wanted = Q(external_ref__in={values["external_ref"] for values in rows})
    if kind.sole:
        asked = {values[kind.sole] for values in rows if kind.sole in values}
        wanted |= Q((f"{kind.sole}__in", asked))
    if kind.scoped:
        wanted &= Q((f"{kind.parent}__in", parents))
    return kind.model._default_manager.select_for_update().filter(wanted)


def _unfit(code: str, sentence: str, field: str) -> Unfit:
    return Unfit(code, sentence % {"field": field}, field=field)
