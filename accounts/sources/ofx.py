"""Read the transactions of OFX credit-card statements, as banks let their customers download.

``ofxparse`` reads them, under the MIT licence. It sees little work today; ``ofxtools`` sees more
but is GPL 3 only, which a product under the BSD licence cannot carry along. Two habits of
ofxparse are mended here: it turns dates into UTC, which moves what was booked at midnight in
Beijing to the day before; and it stumbles over encodings that it does not know, so it gets UTF-8.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from ofxparse import AccountType, OfxParser, OfxParserException

from accounts.models import CardAccount
from accounts.redaction import holds_card_number
from accounts.sources.lines import decode
from accounts.sources.rows import Row, Unreadable, unreadable
from kernel.errors import Unfit
from kernel.money import parse

_ENCODING = re.compile(rb"(?im)^\s*ENCODING:\s*(\S+)|<\?xml[^>]{0,80}encoding=[\"']([\w-]+)")
_CHARSET = re.compile(rb"(?im)^\s*CHARSET:\s*(\S+)")
_BODY = re.compile(r"<OFX>", re.IGNORECASE)
_HEADER = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:UTF-8\r\nCHARSET:NONE\r\n\r\n"

# What the library lets through when a tag is empty, missing or twisted.
_DAMAGED = (
    OfxParserException,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
)


class _LocalDates(OfxParser):  # type: ignore[misc]
    """Dates as the bank wrote them, on its own clock."""

    @classmethod
    def parseOfxDateTime(cls, ofxDateTime: str) -> datetime:  # noqa: N802, N803 - ofxparse's name
        return datetime.strptime(ofxDateTime[:8], "%Y%m%d")  # noqa: DTZ007 - only the date is used


def read(content: bytes, *, account: str = "", encoding: str = "") -> Iterator[Row | Unreadable]:
    """Yield a transaction for each entry; ``account`` is its account, or the file's ACCTID is.

    A bank counts a charge below zero and a payment above; here it is the other way round.
    FITID is the bank's id within one account, so the account's reference goes before it.
    """
    try:
        statements = _parse(_text(content, encoding))
        known = [(each, _account(each, account)) for each in statements]
    except Unfit as refusal:
        yield Unreadable(_("the file"), refusal)
        return
    for statement, holder in known:
        yield from _entries(statement.statement, holder)


def _entries(statement: Any, account: CardAccount) -> Iterator[Row | Unreadable]:
    for _discarded in statement.discarded_entries:
        sentence = _("An entry has no usable date, amount or FITID.")
        yield unreadable(_("the file"), "ofx_unfit", sentence)
    seen: set[str] = set()
    for number, entry in enumerate(statement.transactions, 1):
        place = _("entry %(number)s") % {"number": number}
        if entry.id in seen:
            # The second would silently overwrite the first.
            yield unreadable(place, "fitid_repeated", _("An entry above has the same FITID."))
            continue
        seen.add(entry.id)
        try:
            yield Row(place, "transaction", _values(entry, account))
        except (ValueError, ArithmeticError):
            sentence = _("The amount is finer than the currency's smallest unit.")
            yield unreadable(place, "amount_unfit", sentence)


def _text(content: bytes, encoding: str) -> str:
    """Decode the file as its own header says, unless told otherwise."""
    if not encoding:
        encoding = _declared(content)
    return decode(content.removeprefix(b"\xef\xbb\xbf"), encoding)


def _declared(content: bytes) -> str:
    head = content[: content.upper().find(b"<OFX>")]
    named = _ENCODING.search(head)
    name = (named[1] or named[2]).decode("ascii", "replace").upper() if named else "UTF-8"
    if name in {"UTF-8", "UTF8", "UNICODE"}:
        return "utf-8"
    charset = _CHARSET.search(head)
    page = charset[1].decode("ascii", "replace").upper() if charset else "NONE"
    if name == "USASCII" and page in {"1252", "NONE", "ISO-8859-1", "8859-1"}:
        # Banks that declare ASCII write UTF-8 nearly as often as the code page they name.
        return _utf8_or(content, "cp1252")
    raise Unfit("encoding_unknown", _("The file's header names an unknown encoding."))


def _utf8_or(content: bytes, other: str) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return other
    return "utf-8"


def _parse(text: str) -> list[Any]:
    """Return the credit-card statements of the file.

    Raises:
        Unfit: it is no OFX, or no credit card's.
    """
    body = _BODY.search(text)
    if body is None:
        raise Unfit("ofx_unfit", _("This is not an OFX file."))
    plain = io.BytesIO((_HEADER + text[body.start() :]).encode("utf-8", "replace"))
    try:
        with warnings.catch_warnings():
            # The library calls its HTML parser by names that are out of fashion.
            warnings.simplefilter("ignore", DeprecationWarning)
            accounts = _LocalDates.parse(plain, fail_fast=False).accounts
    except (
        OfxParserException,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
    ):
        # The library's message may quote the file.
        raise Unfit("ofx_unfit", _("This OFX file is damaged.")) from None
    if not accounts or any(each.type != AccountType.CreditCard for each in accounts):
        raise Unfit("ofx_unfit", _("This is not a credit-card statement."))
    return list(accounts)


def _account(statement: Any, given: str) -> CardAccount:
    """Find whose statement it is.

    Raises:
        Unfit: the account is unknown, its currency another, or its id a card number.
    """
    if holds_card_number(statement.account_id):
        sentence = _("ACCTID is a full card number. Put the account's reference in its place.")
        raise Unfit("card_number_refused", sentence, field="ACCTID")
    ref = given or statement.account_id
    found = CardAccount.objects.filter(Q(external_ref=ref) | Q(token=ref)).first()
    if found is None:
        sentence = _("No account has this ACCTID as its reference or token. Say --account REF.")
        if given:
            sentence = _("There is no account with the reference that --account names.")
        raise Unfit("account_unknown", sentence, field="account")
    if (statement.curdef or "").upper() != found.currency:
        raise Unfit("currency_mismatch", _("CURDEF is not the account's currency."), field="CURDEF")
    return found


def _values(entry: Any, account: CardAccount) -> dict[str, Any]:
    sic = entry.sic or ""
    return {
        "account": account.external_ref,
        "external_ref": f"{account.external_ref}:{entry.id}",
        "posted_on": entry.date.date(),
        "transacted_on": entry.user_date.date() if entry.user_date else None,
        "amount_minor": parse(f"{-entry.amount:f}", account.currency).minor,
        "currency": account.currency,
        "merchant_name": entry.payee,
        "description": entry.memo,
        "mcc": sic if re.fullmatch(r"[0-9]{4}", sic) else "",
    }
