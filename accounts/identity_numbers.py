"""Find numbers that name a person or a bank account in plain text. Pure, and linear.

Numbers with a check or a shape of their own (Chinese resident, IBAN, Hong Kong, US, UK) are found
by it; others (passport, driving licence, a mistyped resident number) only behind a word that
says what they are, or every order number would be hidden.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from stdnum import iban, numdb
from stdnum.cn import ric
from stdnum.exceptions import ValidationError
from stdnum.us import ssn

_RESIDENT = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])", re.ASCII
)
_SOCIAL_SECURITY = re.compile(r"(?<![0-9-])\d{3}-\d{2}-\d{4}(?![0-9]|-\d)", re.ASCII)
# Without the parentheses one order number in eleven would do; then a label must stand before it.
_HONG_KONG = re.compile(r"(?<![0-9A-Za-z])([A-Z]{1,2}) ?(\d{6}) ?\(([0-9A])\)", re.ASCII)
# Prefixes and suffixes that were never given out keep most order numbers out.
_NATIONAL_INSURANCE = re.compile(
    r"(?<![0-9A-Z])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"( ?)\d{2}\1\d{2}\1\d{2}\1[A-D](?![0-9A-Z])",
    re.IGNORECASE | re.ASCII,
)
_IBAN_HEAD = re.compile(r"(?<![0-9A-Z])[A-Z]{2}\d{2}(?=[ -]?[0-9A-Z])", re.IGNORECASE | re.ASCII)
_IBAN_REST = re.compile(r"(?:[ -]?[0-9A-Z]){11,30}", re.IGNORECASE | re.ASCII)
_LENGTH = re.compile(r"(\d+)!")
_LABELLED = re.compile(
    r"(?:(?<![A-Za-z])(?:passport|driv(?:er'?s?|ing) licen[cs]e"
    r"|(?:national |identity |id )(?:id|card)|identification|social security"
    r"|national insurance|ssn|nino|hkid|tax(?:payer)? id"
    r"|id(?= (?:number|no\b)))"
    r"|护照|護照|身份证|身份證|通行证|通行證|回乡证|回鄉證|台胞证|台胞證|居住证|居住證|居留证"
    r"|证件|證件|驾驶证|駕駛證|驾照|駕照|军官证|軍官證)"
    r"(?:[\s:#=]{0,3}(?:number|no\.?|is|was|card|复印件|號碼|号码|号|號|编号|是|为|為|[\"'“”「(])){0,4}"
    r"[\s:#=]{0,3}"
    r"(?!(?:19|20)\d\d[-/.年])"
    r"(?P<value>[A-Z]{0,3}[ -]?\d(?:[ -]?\d){4,17}(?:[A-Z](?![A-Z])| ?\([0-9A-Z]\))?"
    r"|[A-Z]{0,8}\d[0-9A-Z]{4,15})(?![0-9A-Z])",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind ("id" or "iban"), start and end; spans may overlap, the surer ones first."""
    for shape, holds in _CHECKED:
        for match in shape.finditer(text):
            if holds(match):
                yield "id", *match.span()
    for head in _IBAN_HEAD.finditer(text):
        end = _iban_end(text, head)
        if end:
            yield "iban", head.start(), end
    for match in _LABELLED.finditer(text):
        yield "id", *match.span("value")


def _resident(match: re.Match[str]) -> bool:
    """Check digit and birthday; not the county, whose list lags behind the numbers given out."""
    digits = match[0].replace(" ", "").replace("-", "").upper()
    try:
        ric.get_birth_date(digits)
    except ValidationError:
        return False
    return ric.calc_check_digit(digits) == digits[-1]


def _social_security(match: re.Match[str]) -> bool:
    """No area, group or serial that was never given out."""
    return ssn.is_valid(match[0])


def _hong_kong(match: re.Match[str]) -> bool:
    """Weights nine down to one; a missing first letter counts thirty-six."""
    letters, digits, check = match.groups()
    values = [36] if len(letters) == 1 else []
    values += [int(char, 36) for char in letters + digits + check]
    return sum(value * (9 - place) for place, value in enumerate(values)) % 11 == 0


def _iban_end(text: str, head: re.Match[str]) -> int:
    """Where the IBAN ends that begins with ``head``; nought when it is none."""
    missing = _iban_length(head[0][:2].upper()) - 4
    rest = _IBAN_REST.match(text, head.end())
    if missing <= 0 or rest is None:
        return 0
    for end in range(head.end(), rest.end()):
        missing -= text[end].isalnum()
        if not missing:
            whole = not text[end + 1 : end + 2].isalnum() or not text[end + 1 : end + 2].isascii()
            number = text[head.start() : end + 1]
            return end + 1 if whole and iban.is_valid(number, check_country=False) else 0
    return 0


@functools.lru_cache(maxsize=1024)
def _iban_length(country: str) -> int:
    """How many characters an IBAN of this country has; four when it has none."""
    (_, facts), *_ = numdb.get("iban").info(country)
    return 4 + sum(int(size) for size in _LENGTH.findall(facts.get("bban", "")))


# Each shape with the check that tells a person's number from an order's.
_CHECKED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (_RESIDENT, _resident),
    (_SOCIAL_SECURITY, _social_security),
    (_HONG_KONG, _hong_kong),
    (_NATIONAL_INSURANCE, bool),
)
