"""What a rule says beside its dates: its steps in words, what it asks for, or nothing at all."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

MONDAY = date(2026, 3, 2)


class Saying(NamedTuple):
    """On these facts the rule says these sentences; none means that it does not run."""

    rule: str
    place: str
    kind: str
    values: dict[str, Any]
    steps: tuple[str, ...] = ()
    zone: str = ""


def _silent(rule: str, place: str, kind: str, *several: dict[str, Any]) -> list[Saying]:
    return [Saying(rule, place, kind, values) for values in several]


NOTICE = {"notice_received": MONDAY}
NO_NOTICE = ({"notice_stands": False}, {"notice_stands": False, "regz_kinds": ("fraud",)},
             {"regz_kinds": ()}, {"notice_stands": True, "regz_kinds": ()})  # fmt: skip
ACK, RESOLVE = "US-REGZ-13C1-ACK-30D", "US-REGZ-13C2-RESOLVE-2CYC-90D"
GOODS = {"network": "mastercard", "network_code": "4853", "processing_on": MONDAY}


def _late(days: int) -> tuple[str, ...]:
    return (f"the notice came {days} days after the statement: late",) if days > 60 else ()


PASSED_ON = {"received": MONDAY, "source": "pboc_transfer"}
ASKED = 'The fact "cycle_closings" is missing: give projected closing dates up to 2026-05-31.'
QUIET = {
    "NET-VISA-FILE-120D": (
        {"network": "visa", "processing_on": MONDAY},
        {"network": "visa", "network_code": "11.3", "processing_on": MONDAY},
        {"network": "mastercard", "network_code": "4837", "processing_on": MONDAY},
    ),
    "NET-MC-WAIT-30D": (
        {"network": "mastercard", "processing_on": MONDAY},
        {"network": "mastercard", "network_code": "4837", "processing_on": MONDAY},
        {**GOODS, "merchant_closed": True},
        {**GOODS, "expected_on": MONDAY},
        {**GOODS, "reason": "defective"},
    ),
}
COMPLAINTS = {
    "CMP-15": ({**PASSED_ON},),
    "CMP-30": ({"received": MONDAY},),
    "CMP-60": ({"received": MONDAY},),
    "PBC-15": ({"received": MONDAY},),
    "PBC-60": (PASSED_ON, {"received": MONDAY}),
}
ABROAD = (
    *_silent("CMP-15", "cn", "dispute", NOTICE),
    *_silent("UK-DISP-1.6.2A-15BD", "gb", "complaint", {"received": MONDAY},
             {"received": MONDAY, "payment_services": True, "holding_sent_on": MONDAY},
             {"received": MONDAY, "payment_services": True, "resolved_by_third_day": True}),
    *_silent("AU-RG271-ACK-24H", "au", "complaint", {"received": date(2021, 10, 4)}),
)  # fmt: skip

SAID = (
    *(
        Saying(rule, "us", "dispute", {start: MONDAY, "grace_days": 0, **values})
        for rule, start in (
            (ACK, "notice_received"),
            (RESOLVE, "notice_received"),
            ("US-REGZ-13D1-AUTOPAY-3BD", "autopay_on"),
            ("US-REGZ-13G3-REPORT-AFTER-10D", "decided_notice_sent"),
        )
        for values in NO_NOTICE
    ),
    *(
        Saying(rule, "us", "dispute", {**NOTICE, "statement_transmitted": sent, **values},
               ("notice received 2026-03-02", *_late((MONDAY - sent).days), *last))
        for rule, values, last in (
            (ACK, {}, ("30 calendar days end on 2026-04-01",)),
            (RESOLVE, {"cycle_closings": (date(2026, 2, 15), date(2026, 6, 15))},
             ("two complete billing cycles end later than the closing dates given",
              "90 calendar days end on 2026-05-31")),
        )
        for sent in (date(2026, 1, 1), date(2025, 12, 31))
    ),
    *(
        Saying(RESOLVE, "us", "dispute", {**NOTICE, "cycle_closings": closings}, (ASKED,))
        for closings in ((), (date(2026, 2, 15), date(2026, 5, 30)))
    ),
    Saying("US-REGZ-12B-UNAUTH-50", "us", "dispute",
           {**NOTICE, "unauthorised_before_minor": -1, "liability_conditions_met": True},
           ('The fact "unauthorised_before_minor" is -1: give cents, 0 or more.',)),
    Saying("NET-VISA-FILE-120D", "us", "dispute",
           {"network": "visa", "network_code": "13.1", "processing_on": MONDAY,
            "expected_on": MONDAY},
           ("transaction processed 2026-03-02", "120 calendar days end on 2026-06-30",
            "never later than 2027-08-24, 540 days after processing on 2026-03-02")),
    *(one for rule, several in QUIET.items() for one in _silent(rule, "us", "dispute", *several)),
    *(one for rule, several in COMPLAINTS.items()
      for one in _silent(rule, "cn", "complaint", *several)),
    *ABROAD,
)  # fmt: skip
