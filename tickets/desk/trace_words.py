"""The steps of a computed date in the reader's language.

``law`` knows no translations and stored traces are English: they are part of the record. Here the
forms of sentences that ``law.trace`` writes are read back; a sentence of another form stays as
it was written.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

_DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
_FORMS = (
    (rf"(?P<n>\d+) calendar days end on {_DAY}", _("%(n)s calendar days end on %(day)s")),
    (rf"(?P<n>\d+) calendar days before is {_DAY}", _("%(n)s calendar days before is %(day)s")),
    (rf"(?P<n>\d+) calendar days in all end on {_DAY}",
     _("%(n)s calendar days in all end on %(day)s")),
    (rf"(?P<n>\d+) months end on {_DAY}", _("%(n)s months end on %(day)s")),
    (rf"(?P<n>\d+) years end on {_DAY}", _("%(n)s years end on %(day)s")),
    (rf"(?P<n>\d+) business days by (?P<cal>\S+) end on {_DAY}",
     _("%(n)s business days by the calendar %(cal)s end on %(day)s")),
    (rf"(?P<n>\d+) complete billing cycles end on {_DAY}",
     _("%(n)s complete billing cycles end on %(day)s")),
    (rf"the earlier is {_DAY}", _("the earlier is %(day)s")),
    (rf"the later is {_DAY}", _("the later is %(day)s")),
    (rf"the first day after is {_DAY}", _("the first day after is %(day)s")),
    (rf"the notice came on {_DAY}: (?P<verdict>.+)", _("the notice came on %(day)s")),
    (rf"never later than {_DAY}, (?P<n>\d+) days after (?:processing|presentment) on (?P<from>\S+)",
     _("never later than %(day)s, %(n)s days after %(from)s")),
    (rf"paused for (?P<d>\d+) days (?P<h>\d+) hours: now {_DAY}",
     _("paused for %(d)s days %(h)s hours: now %(day)s")),
    (r"no end until the error is resolved and the answer has left",
     _("no end until the error is resolved and the answer has left")),
    (r"no end until the case is answered and the time to pay is over",
     _("no end until the case is answered and the time to pay is over")),
    (r"two complete billing cycles end later than the closing dates given",
     _("two complete billing cycles end later than the closing dates given")),
    (r"no end: an adverse step must have another ground",
     _("no end: an adverse step must have another ground")),
)  # fmt: skip
# What a clock starts from, as the rules name it.
_STARTS = {
    "notice received": _("notice received"),
    "first statement transmitted": _("first statement transmitted"),
    "statement transmitted": _("statement transmitted"),
    "transaction processed": _("transaction processed"),
    "transaction": _("transaction"),
    "received": _("received"),
    "received goods": _("goods received"),
    "expected": _("expected"),
    "returned": _("returned"),
    "credit promised": _("credit promised"),
    "submitted": _("submitted"),
    "represented": _("answered by the merchant"),
    "pre arbitration": _("pre-arbitration"),
    "pre-arbitration answered": _("pre-arbitration answered"),
    "pre-arbitration submitted": _("pre-arbitration submitted"),
    "chargeback settled": _("chargeback settled"),
    "second presentment settled": _("second presentment settled"),
    "statement that should show the credit transmitted": _(
        "statement that should show the credit transmitted"
    ),
    "statement should have been sent": _("statement should have been sent"),
    "the missing statement was provided": _("the missing statement was provided"),
    "merchant accepted the return": _("merchant accepted the return"),
    "merchant's credit statement received": _("merchant's credit statement received"),
    "written request received": _("written request received"),
    "credit balance since": _("credit balance since"),
    "issuer notified": _("issuer notified"),
    "claim first notified": _("claim first notified"),
    "right exercised": _("right exercised"),
    "written notice of what is owed sent": _("written notice of what is owed sent"),
    "complaint received": _("complaint received"),
    "objection received": _("objection received"),
    "dispute received": _("dispute received"),
    "last news to the cardholder": _("last news to the cardholder"),
    "documents complete": _("documents complete"),
    "returned, refunded or, failing that, bought": _("returned, refunded or, failing that, bought"),
}
_READ = tuple((re.compile(form), words) for form, words in _FORMS)
_START = re.compile(rf"(?P<what>.+) {_DAY}")


def read(step: str) -> str:
    """One step in the reader's language."""
    for form, words in _READ:
        match = form.fullmatch(step)
        if match:
            return str(words) % match.groupdict()
    match = _START.fullmatch(step)
    if match and match["what"] in _STARTS:
        return f"{_STARTS[match['what']]} {match['day']}"
    return step
