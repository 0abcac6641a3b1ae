"""Find security codes, one-time codes, PINs and passwords in plain text by the words around them.

Pure and linear: every repetition is bounded. A transaction's authorisation code is no secret, and
postal, reason and merchant codes are none either: the bare word "code" needs a word before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CARD_CODE = (
    r"(?<![A-Za-z])(?:cvv2?|cvc2?|cvn2?|csc|security code|card verification (?:value|code|number))"
    r"|安全码|安全碼|后三码|后三位|後三碼|背面三位|校验码|校驗碼"
)
_ONE_TIME = (
    r"(?<![A-Za-z])(?:otp|one[- ]time (?:code|password|passcode|pin)|passcode|pin(?: ?code)?"
    r"|(?:verification|confirmation|login|log-in|sign-in|access|sms|text|2fa|my|your|this|that|the)"
    r" code)"
    r"|验证码|驗證碼|动态码|動態碼|动态口令|动态密码|短信码|校验码|口令|密码|密碼"
)
_JOIN = (
    r"(?:[\s:#=,]{0,3}(?:is|was|are|i got|i received|number|no\.?|code|码|碼|号|是|为|為|叫|了"
    r"|[\"'“”「(\[])){0,4}[\s:#=,]{0,3}"
)
# A date, an amount, a share or a count is no code: 2026年, 12.50, 3%, 500元.
_END = r"(?![0-9A-Za-z%]|[.,:/-]\d|\s?[年月日时點点元块塊笔筆次个個分秒万萬])"
_AFTER_LABEL = re.compile(
    rf"(?:{_CARD_CODE}){_JOIN}(?P<cvv>\d{{3,4}}){_END}"
    rf"|(?:{_ONE_TIME}){_JOIN}"
    rf"(?P<code>(?:[A-Z]-)?(?:\d{{3}}[ -]\d{{3}}|\d(?: \d){{3,7}}|\d{{4,8}})){_END}",
    re.IGNORECASE | re.ASCII,
)
_PASSWORD = re.compile(
    r"(?:(?<![A-Za-z])(?:password|passwd|pwd)|密码|密碼|口令)\s{0,2}(?:is|was|:|=|是|为|為)\s{0,2}"
    r"(?P<code>(?=[^\s,，。;；\[\]]{0,40}\d)[^\s,，。;；\[\]]{4,64})",
    re.IGNORECASE,
)
_BEFORE_LABEL = re.compile(
    r"(?<![0-9A-Za-z.,:/-])(?P<code>(?:[A-Z]-)?\d{3,8})\s{0,2}(?:is|was|是|为|為|\()\s{0,2}"
    rf"(?:(?:my|your|the|his|her|你的|您的|我的|本次)\s{{0,2}})?(?:\w{{1,20}} ){{0,2}}"
    rf"(?:{_CARD_CODE}|{_ONE_TIME})",
    re.IGNORECASE | re.ASCII,
)
# Behind a card number, masked already: month and year, and the three digits that follow them.
_EXPIRY = re.compile(r"(?<![0-9/])(?:0[1-9]|1[0-2]) ?[/.-] ?(?:20)?[2-4]\d(?![0-9/])", re.ASCII)


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind ("code"), start and end; spans may overlap."""
    for shape in (_AFTER_LABEL, _PASSWORD, _BEFORE_LABEL):
        for match in shape.finditer(text):
            name = match.lastgroup
            if name:
                yield "code", *match.span(name)


def find_expiries(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each month and year that may be a card's expiry; for texts that hold a card."""
    for match in _EXPIRY.finditer(text):
        yield "expiry", *match.span()
