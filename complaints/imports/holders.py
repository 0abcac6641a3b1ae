"""Whose complaint is it? By reference alone: a name, a place or a card's last digits never do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from accounts.models import CardAccount, Cardholder
from complaints.imports.checking import Checked
from complaints.models import Arrival, Complaint


@dataclass(frozen=True)
class Match:
    """What names the cardholder: references of customer, account or the case that it joins."""

    cardholder: str = ""
    account: str = ""
    joins: str = ""

    def __bool__(self) -> bool:
        return bool(self.cardholder or self.account or self.joins)


@dataclass(frozen=True)
class Found:
    """A row and its cardholder; without one, ``why`` says what a person has to find out."""

    row: Checked
    holder: Cardholder | None = None
    why: str = ""
    known: Cardholder | None = None


def find(rows: Sequence[Checked], by_hand: Mapping[str, Match]) -> list[Found]:
    """Find the cardholders of a batch, in five queries; ``by_hand`` goes before the file.

    ``known`` is the cardholder of the case that this very delivery opened or joined before.
    """
    wanted = [_wanted(row, by_hand) for row in rows]
    holders = _holders({one.cardholder for one in wanted})
    accounts = _accounts({one.account for one in wanted})
    cases = _cases({one.joins for one in wanted})
    known = _known(rows)
    return [
        replace(_found(row, match, holders, accounts, cases), known=known.get(row.key))
        for row, match in zip(rows, wanted, strict=True)
    ]


def _wanted(row: Checked, by_hand: Mapping[str, Match]) -> Match:
    told = row.record.text
    in_file = Match(told("cardholder"), told("account"), told("joins"))
    return by_hand.get(row.grievance.external_ref) or in_file


def _found(
    row: Checked,
    match: Match,
    holders: Mapping[str, Cardholder],
    accounts: Mapping[str, Sequence[CardAccount]],
    cases: Mapping[str, Cardholder],
) -> Found:
    if not match:
        return Found(row, why="no reference")
    if match.cardholder and match.cardholder not in holders:
        return Found(row, why="unknown cardholder")
    mine = accounts.get(match.account, ()) if match.account else ()
    if match.account and len(mine) != 1:
        return Found(row, why="two accounts" if mine else "unknown account")
    if match.joins and match.joins not in cases:
        return Found(row, why="unknown case")
    named = [
        *([holders[match.cardholder]] if match.cardholder else []),
        *(account.cardholder for account in mine),
        *([cases[match.joins]] if match.joins else []),
    ]
    if len({holder.pk for holder in named}) > 1:
        return Found(row, why="two cardholders")
    account = mine[0].external_ref if mine else ""
    told = replace(row.grievance, account=account, joins=match.joins)
    return Found(replace(row, grievance=told), holder=named[0])


def _holders(refs: Iterable[str]) -> dict[str, Cardholder]:
    return {row.external_ref: row for row in Cardholder.objects.filter(external_ref__in=refs)}


def _accounts(refs: set[str]) -> dict[str, list[CardAccount]]:
    found: dict[str, list[CardAccount]] = {}
    named = CardAccount.objects.filter(Q(external_ref__in=refs) | Q(token__in=refs))
    for row in named.select_related("cardholder"):
        for ref in {row.external_ref, row.token} & refs:
            found.setdefault(ref, []).append(row)
    return found


def _cases(refs: set[str]) -> dict[str, Cardholder]:
    rows = Complaint.objects.filter(ticket__reference__in=refs - {""})
    return {
        row.ticket.reference: row.ticket.cardholder
        for row in rows.select_related("ticket__cardholder")
    }


def _known(rows: Sequence[Checked]) -> dict[tuple[str, str, str], Cardholder]:
    sources, bodies, refs = zip(*(row.key for row in rows), strict=True) if rows else ((), (), ())
    came = Arrival.objects.exclude(external_ref="").filter(
        source__in=set(sources), body__in=set(bodies), external_ref__in=refs
    )
    return {
        (row.source, row.body, row.external_ref): row.complaint.ticket.cardholder
        for row in came.select_related("complaint__ticket__cardholder")
    }
