"""Drafts: a dispute that is being written. No case, no clock, no letter until it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from accounts.models import Cardholder
from disputes import reasons
from disputes.models import Dispute, Draft
from disputes.services.claimed import Claimed, Notice
from disputes.services.filing import file
from kernel import references
from kernel.actors import Actor
from kernel.errors import Missing, NotNow, Stale, Unfit

MOST = 20  # drafts of one person at a time
_EMPTY: dict[str, Any] = {"reason": None, "items": [], "account": "", "answers": {}, "story": ""}


def start(cardholder: Cardholder, content: Mapping[str, Any], *, at: datetime) -> Draft:
    """Keep what is filled in so far, for some days.

    Raises:
        Unfit: an answer of the wrong type, a card number where a reference belongs.
        NotNow: there are as many drafts as one may have.
    """
    if cardholder.drafts.count() >= MOST:
        raise NotNow("too_many_drafts", _("Send or delete one of your drafts first."))
    return Draft.objects.create(
        reference=references.new("D"),
        cardholder=cardholder,
        content=_cleaned({**_EMPTY, **content}),
        created_at=at,
        updated_at=at,
        expires_at=at + timedelta(days=settings.DRAFT_DAYS),
    )


@transaction.atomic
def save(
    cardholder: Cardholder,
    reference: str,
    changes: Mapping[str, Any],
    *,
    at: datetime,
    version: int | None,
) -> Draft:
    """Replace what ``changes`` name, and keep the draft for some days more.

    Raises:
        Missing: there is no such draft of this person. Stale: it has changed since.
    """
    row = _locked(cardholder, reference, version)
    row.content = _cleaned({**_fitting(row.content, changes), **changes})
    row.version += 1
    row.updated_at, row.expires_at = at, at + timedelta(days=settings.DRAFT_DAYS)
    row.save()
    return row


@transaction.atomic
def discard(cardholder: Cardholder, reference: str, *, version: int | None) -> None:
    """Throw a draft away."""
    _locked(cardholder, reference, version).delete()


@transaction.atomic
def submit(
    cardholder: Cardholder, reference: str, *, actor: Actor, at: datetime, version: int | None
) -> Dispute:
    """Send it: the case takes the draft's reference, and its receipt is this instant.

    Raises:
        Missing, Stale: as for :func:`save`; else what ``file`` raises, and the draft stays.
    """
    row = _locked(cardholder, reference, version)
    content = row.content
    if not content["reason"]:
        raise Unfit("unknown_reason", _("Choose a reason first."), pointer="/reason")
    notice = Notice(
        reason=content["reason"],
        items=[Claimed(one["transaction"], one["amount"], one["currency"])
               for one in content["items"]],
        answers=content["answers"],
        story=content["story"],
        account=content["account"],
        reference=row.reference,
    )  # fmt: skip
    dispute = file(cardholder, notice, actor=actor, at=at)
    row.delete()
    return dispute


def get(cardholder: Cardholder, reference: str) -> Draft:
    """One of the person's own drafts.

    Raises:
        Missing: there is none.
    """
    row = cardholder.drafts.filter(reference=references.tidy(reference) or "").first()
    if row is None:
        raise _missing()
    return row


def _locked(cardholder: Cardholder, reference: str, version: int | None) -> Draft:
    row = (
        Draft.objects.select_for_update(of=("self",))
        .filter(cardholder=cardholder, reference=references.tidy(reference) or "")
        .first()
    )
    if row is None:
        raise _missing()
    if version is not None and version != row.version:
        raise Stale(
            "stale_version",
            _("The draft has changed since you read it. Look at it again, then decide."),
            version=row.version,
        )
    return row


def _missing() -> Missing:
    return Missing("not_found", _("You have no such draft."))


def _fitting(content: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out old answers that a newly chosen reason does not ask for."""
    chosen = changes.get("reason")
    if not chosen or chosen == content["reason"]:
        return dict(content)
    asked = {*reasons.get(chosen).fields, *reasons.ALWAYS}
    kept = {name: value for name, value in content["answers"].items() if name in asked}
    return {**content, "answers": kept}


def _cleaned(content: dict[str, Any]) -> dict[str, Any]:
    """Check and redact: a draft is stored, so it is no place for a card number either."""
    if content["answers"] and not content["reason"]:
        raise Unfit("unknown_reason", _("Choose a reason first."), pointer="/reason")
    if content["reason"]:
        answers = reasons.check_answers(reasons.get(content["reason"]), content["answers"])
        content["answers"] = {
            name: redaction.mask(value) if isinstance(value, str) else value
            for name, value in answers.items()
        }
    content["story"] = redaction.mask(content["story"])
    _no_card_number(content["items"], content["account"])
    return content


def _no_card_number(items: Sequence[Mapping[str, Any]], account: str) -> None:
    for ref in (account, *(one["transaction"] for one in items)):
        if redaction.holds_card_number(ref, issued_only=True):
            raise Unfit(
                "card_number_refused", _("Never send a card number: give the reference only.")
            )
