"""A body outside takes the complaint up, and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from complaints import policy, recusal
from complaints.models import Complaint, Redress, Referral
from complaints.outcomes import JUDGEMENTS
from complaints.services import paying
from complaints.services.clocks import locked, today
from complaints.services.drafts import check_redress, lines
from kernel.actors import SYSTEM, Actor
from kernel.errors import Unfit
from tickets import services as tickets
from tickets.machine import perform

NO_RULING = "none"


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """How an outside body ruled ("none": closed without a ruling), when, and what it awards."""

    outcome: str
    on: date
    reference: str = ""
    redress: Sequence[tuple[str, int]] = ()

    @property
    def minor(self) -> int:
        """The money of it, in minor units of the account's currency."""
        return sum(minor for _kind, minor in self.redress)


@transaction.atomic
def refer_out(
    complaint: Complaint,
    *,
    actor: Actor,
    at: datetime,
    body: str,
    reference: str,
    version: int | None = None,
) -> Complaint:
    """Record that an ombudsman, mediator, regulator or court has taken it up.

    Raises:
        Unfit: an unknown kind of body, or no reference of its own.
    """
    if body not in Referral.Body.values:
        raise Unfit("bad_body", _("Choose the outside body from the list."), pointer="/body")
    named = redaction.mask(reference.strip())[:80]
    if not named:
        raise Unfit("reference_missing", _("Give the body's reference."), pointer="/reference")
    complaint = perform(
        locked(complaint), "refer_out", actor=actor, at=at, version=version,
        facts={"body": body, "reference": named},
    )  # fmt: skip
    Referral.objects.create(
        complaint=complaint,
        body=body,
        reference=named,
        referred_on=today(complaint, at),
        referred_by=actor.ref,
    )
    tickets.reopen(complaint.ticket, actor=SYSTEM, at=at, because="referred")
    return complaint


@transaction.atomic
def record_ruling(
    complaint: Complaint, *, actor: Actor, at: datetime, ruling: Ruling, version: int | None = None
) -> Complaint:
    """Write the ruling down and pay what it awards.

    Raises:
        Unfit: an unknown ruling, a day in the future or before the referral, redress that does
            not fit.
        NotAllowed: the award is above this person's limit.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    if ruling.outcome not in {*dict(JUDGEMENTS), NO_RULING}:
        raise Unfit("bad_ruling", _("Choose how it was ruled, from the list."), pointer="/ruling")
    complaint = perform(
        row, "record_ruling", actor=actor, at=at, version=version,
        outcome="" if ruling.outcome == NO_RULING else ruling.outcome,
        facts={"outcome": ruling.outcome, "minor": ruling.minor},
    )  # fmt: skip
    referral = complaint.referrals.select_for_update().get(ruling="")
    if not referral.referred_on <= ruling.on <= today(complaint, at):
        raise Unfit("bad_day", _("Give the day of the ruling."), pointer="/on")
    check_redress(complaint, ruling.redress)
    referral.ruling, referral.ruled_on, referral.recorded_by = ruling.outcome, ruling.on, actor.ref
    referral.ruling_ref = redaction.mask(ruling.reference.strip())[:80]
    referral.save()
    award = Redress.objects.bulk_create(lines(complaint, ruling.redress, referral=referral))
    if award:
        policy.may_give(actor, ruling.minor, max(line.currency for line in award))
    paying.post(complaint, award, at=at)
    tickets.conclude(complaint.ticket, at=at, resolution=complaint.outcome)
    return complaint
