"""Whose turn it is, what is wanted and by when, in a sentence that a cardholder may read."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disputes import reasons
from disputes.models import Dispute
from disputes.outcomes import Hold
from kernel.money import Money
from tickets.api import cases
from tickets.api.cases import Told, Viewing
from tickets.models import Ticket

YOU, US, MERCHANT_BANK, NOBODY = "you", "us", "merchant_bank", "nobody"


def of(
    ticket: Ticket, claim: Dispute, status: str, dates: list[Told], money: Told, viewing: Viewing
) -> Told:
    """Say what happens next."""
    if status == cases.ACTION_NEEDED:
        return _reply(ticket, viewing)
    if status == cases.WITH_MERCHANT_BANK:
        return _merchant_bank(ticket, viewing)
    if status == cases.WITHDRAWAL_PENDING:
        return _withdrawal(claim, viewing)
    if status == cases.FINISHING:
        return _step(US, "send_answer", None, _("It is decided. Our answer is on its way to you."))
    if status in {cases.DECIDED, cases.SHUT}:
        return _after(claim, money)
    return _review(dates)


def shown(day: date) -> str:
    """A day as people write it."""
    return str(date_format(day, "DATE_FORMAT"))


def reads_chinese() -> bool:
    """Say whether the reader's language is Chinese."""
    return (get_language() or "").startswith("zh")


def _step(who: str, action: str, by: date | None, text: str) -> Told:
    return {"who": who, "action": action, "by": by.isoformat() if by else None, "text": text}


def _reply(ticket: Ticket, viewing: Viewing) -> Told:
    by = viewing.last_day(ticket.waiting_until) if ticket.waiting_until else None
    codes = [code.strip() for code in ticket.waiting_for.split(",")]
    wanted = ", ".join(
        reasons.EVIDENCE[code].label() if code in reasons.EVIDENCE else code for code in codes
    )
    text = _("Please send us: %(wanted)s. If you have nothing more, tell us so.") % {
        "wanted": wanted
    }
    return _step(YOU, "send_evidence", by, text)


def _merchant_bank(ticket: Ticket, viewing: Viewing) -> Told:
    if ticket.waiting_until is None:
        text = _("We have asked the merchant's bank. You need do nothing.")
        return _step(MERCHANT_BANK, "answer", None, text)
    by = viewing.last_day(ticket.waiting_until)
    text = _("The merchant's bank has until %(by)s to answer. You need do nothing.")
    return _step(MERCHANT_BANK, "answer", by, text % {"by": shown(by)})


def _withdrawal(claim: Dispute, viewing: Viewing) -> Told:
    ends = claim.withdrawal_final_at
    by = viewing.last_day(ends) if ends else None
    text = _("Your withdrawal counts after %(by)s. Until then you can undo it.")
    return _step(YOU, "undo_withdrawal", by, text % {"by": shown(by) if by else ""})


def _after(claim: Dispute, money: Told) -> Told:
    if claim.hold == Hold.PAYMENT_WINDOW and claim.hold_until:
        text = _("Pay %(owed)s by %(by)s, or object by then if you think that we are wrong.") % {
            "owed": Money(money["denied"], money["currency"]),
            "by": shown(claim.hold_until),
        }
        return _step(YOU, "pay_or_object", claim.hold_until, text)
    return _step(NOBODY, "none", None, _("There is nothing left to do."))


def _review(dates: list[Told]) -> Told:
    ours = [row for row in dates if row["for"] == "us" and not row["met"]]
    if not ours:
        return _step(US, "review", None, _("We look into it. You need do nothing."))
    nearest = min(ours, key=lambda row: str(row["date"]))
    by = date.fromisoformat(nearest["date"])
    if nearest["days_left"] < 0:
        text = _("We should have written to you by %(by)s, and are late. You need do nothing.")
    elif nearest["code"] == "acknowledge":
        text = _("We confirm in writing, by %(by)s at the latest, that we have your dispute.")
    else:
        text = _("We look into it and answer you by %(by)s at the latest.")
    return _step(US, str(nearest["code"]), by, text % {"by": shown(by)})
