"""A decision before it is carried out: what it says of each item, and whether it may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from disputes import policy, reasons
from disputes.models import Chargeback, Dispute, DisputeItem
from disputes.models import chargeback as legs
from disputes.models.decision import Basis
from disputes.outcomes import (
    CORRECTED,
    INVALID,
    LOST,
    MERCHANT_CREDITED,
    PARTLY_WON,
    WON,
    WRITTEN_OFF,
)
from kernel.errors import Unfit
from kernel.money import Money

DENIALS = {LOST, PARTLY_WON, INVALID}
_DENYING_BASES = {Basis.NO_ERROR, Basis.DIFFERENT_ERROR, Basis.NOT_A_NOTICE}
_ALL = (WON, PARTLY_WON, LOST, MERCHANT_CREDITED, CORRECTED, WRITTEN_OFF, INVALID)


@dataclass(frozen=True)
class Verdict:
    """What is decided of one item: outcome, the amount granted, charges refunded, the grounds.

    Amounts are minor units. ``grounds`` are pairs of a denial reason's code and the number of
    the finding that it rests on.
    """

    item: int
    outcome: str
    granted_minor: int = 0
    charges_minor: int = 0
    grounds: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Answer:
    """A whole decision: the statutory question's answer, in words, and each item's verdict.

    ``outcome`` is needed only by a claim without items.
    """

    basis: str
    verdicts: Sequence[Verdict] = ()
    explanation: str = ""
    outcome: str = ""
    policy_rule: str = field(default="", kw_only=True)

    def plain(self) -> dict[str, Any]:
        """The answer as JSON, for a proposal."""
        return {
            "basis": self.basis,
            "explanation": self.explanation,
            "outcome": self.outcome,
            "verdicts": [
                {
                    "item": one.item,
                    "outcome": one.outcome,
                    "granted_minor": one.granted_minor,
                    "charges_minor": one.charges_minor,
                    "grounds": [list(g) for g in one.grounds],
                }
                for one in self.verdicts
            ],
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Answer:
        """The answer that :meth:`plain` wrote."""
        return cls(
            basis=plain["basis"],
            explanation=plain["explanation"],
            outcome=plain["outcome"],
            verdicts=[
                Verdict(**{**one, "grounds": [tuple(g) for g in one["grounds"]]})
                for one in plain["verdicts"]
            ],
        )


def check(dispute: Dispute, items: list[DisputeItem], answer: Answer) -> None:
    """Refuse an answer that cannot stand.

    The statutory question is answered first, on its own; a denial then needs words, and for each
    item grounds that rest on findings of this case.

    Raises:
        Unfit: with a pointer to what is wrong.
    """
    if answer.basis not in Basis.values:
        raise Unfit("bad_basis", _("Answer first whether an error occurred."), pointer="/basis")
    if sorted(one.item for one in answer.verdicts) != [row.number for row in items]:
        raise Unfit("verdicts_missing", _("Decide each transaction once."), pointer="/verdicts")
    if not items and answer.outcome not in {CORRECTED, LOST, INVALID}:
        raise Unfit("bad_outcome", _("Choose an outcome."), pointer="/outcome")
    denies = any(one.outcome in DENIALS for one in answer.verdicts) or answer.outcome in DENIALS
    if denies and answer.basis not in _DENYING_BASES:
        raise Unfit(
            "denial_without_basis",
            _("A denial needs its own answer in law: no error, another error, or no notice."),
            pointer="/basis",
        )
    if denies and not answer.explanation.strip():
        raise Unfit(
            "explanation_missing", _("Explain the denial in words."), pointer="/explanation"
        )
    findings = set(dispute.findings.values_list("number", flat=True))
    for verdict in answer.verdicts:
        _check_verdict(items[verdict.item - 1], verdict, findings)


def _check_verdict(row: DisputeItem, verdict: Verdict, findings: set[int]) -> None:
    pointer = f"/verdicts/{verdict.item - 1}"
    if verdict.outcome not in _ALL:
        raise Unfit("bad_outcome", _("Choose an outcome."), pointer=f"{pointer}/outcome")
    if verdict.charges_minor < 0:
        raise Unfit("bad_amount", _("Charges cannot be below zero."), pointer=pointer)
    _check_amount(row, verdict, pointer)
    if verdict.outcome in DENIALS:
        _check_grounds(verdict, findings, pointer)


def _check_amount(row: DisputeItem, verdict: Verdict, pointer: str) -> None:
    granted, least = verdict.granted_minor, row.recovered_minor + row.written_off_minor
    if verdict.outcome == PARTLY_WON and not max(least, 1) <= granted < row.disputed_minor:
        raise Unfit(
            "bad_amount",
            _("Grant at least %(least)s and less than %(all)s, or choose another outcome.")
            % {"least": Money(max(least, 1), row.currency), "all": row.disputed},
            pointer=f"{pointer}/granted_minor",
        )
    full = verdict.outcome in {WON, CORRECTED, WRITTEN_OFF}
    if full and granted != row.disputed_minor:
        raise Unfit("bad_amount", _("This outcome grants the whole amount."), pointer=pointer)
    if verdict.outcome == WRITTEN_OFF and live_leg(row):
        raise Unfit(
            "recovery_open", _("The network is still asked: choose “won”."), pointer=pointer
        )


def _check_grounds(verdict: Verdict, findings: set[int], pointer: str) -> None:
    """A denial stands on findings with exhibits; that the network gives no right is no ground."""
    if not verdict.grounds:
        raise Unfit(
            "grounds_missing", _("Give at least one reason for the denial."), pointer=pointer
        )
    for code, finding in verdict.grounds:
        if code not in reasons.DENIAL_REASONS:
            raise Unfit("bad_ground", _("This is no reason to deny a claim."), pointer=pointer)
        if finding not in findings:
            raise Unfit(
                "finding_missing",
                _("Each reason must rest on a finding of this case."),
                pointer=pointer,
            )


def second_person(answer: Answer, stake: Money) -> bool:
    """Say whether a second person must decide: above the limit, or a claim not taken at all."""
    invalid = any(one.outcome == INVALID for one in answer.verdicts) or answer.outcome == INVALID
    return invalid or policy.needs_two(stake)


def overall(answer: Answer) -> str:
    """One word for the whole claim: the items' common outcome, else partly won."""
    found = {one.outcome for one in answer.verdicts} or {answer.outcome}
    return found.pop() if len(found) == 1 else PARTLY_WON


def live_leg(row: DisputeItem) -> Chargeback | None:
    """The leg of recovery that is under way, if there is one."""
    return row.legs.filter(state__in=legs.LIVE).first()
