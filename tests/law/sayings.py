"""What a rule says beside its dates: its steps in words, what it asks for, or nothing at all."""

from __future__ import annotations

from datetime import date

from tests.law.saying import MONDAY, Saying
from tests.law.saying import silent as _silent
from tests.law.sayings_cn import CHINA
from tests.law.sayings_us import AMERICA

NOTICE = {"notice_received": MONDAY}
NO_NOTICE = ({"notice_stands": False}, {"notice_stands": False, "regz_kinds": ("fraud",)},
             {"regz_kinds": ()}, {"notice_stands": True, "regz_kinds": ()},
             {"account_kind": "debit"})  # fmt: skip
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
    "NET-MC-FILE-120D": (
        {"network": "mastercard", "processing_on": MONDAY},
        {"network": "mastercard", "network_code": "4834", "processing_on": MONDAY},
    ),
    "NET-MC-2PRES-45D": (
        {"network": "visa", "submitted_on": MONDAY},
        {"network": "mastercard", "submitted_on": MONDAY, "represented_on": MONDAY},
        {"network": "mastercard", "submitted_on": MONDAY, "pre_arbitration_on": MONDAY},
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
GB_PAYMENT = {"received": MONDAY, "payment_services": True}
HELD = {**GB_PAYMENT, "holding_sent_on": date(2026, 3, 10)}
BEIJING = {"payment_due_on": MONDAY, "on": MONDAY, "principal_minor": 5, "paid_minor": 5}
STOLEN = {"subtype": "unauthorised_transaction"}
CLAIM = {"claim_received": MONDAY, "subtype": "unauthorised_transaction"}
PLAN = {"plan_signed": MONDAY, "exceeds_ability": True, "willing": True}
PRODUCT = {"instalment_product": True}
NO_INSTALMENT = ('The fact "instalments" is 0: give at least 1.',)
AGREED, ENDS = "instalments agreed 2026-03-02", "5 years end on 2031-03-02"
FINE = "nothing stands against it"
OLD, NEW = date(2026, 12, 31), date(2027, 1, 1)
INDIA = {
    "IN-UNAUTH-90D": (
        NOTICE,
        {**STOLEN, "notice_received": date(2017, 7, 5)},
        {**STOLEN, "notice_received": NEW, "transaction_on": NEW},
    ),
    "IN-UNAUTH-3WD": (
        {"alert_received_on": MONDAY},
        {**STOLEN, "alert_received_on": date(2017, 7, 5)},
        {**STOLEN, "alert_received_on": NEW},
    ),
    "IN-SHADOW-10WD": (
        NOTICE,
        {**STOLEN, "notice_received": date(2017, 7, 5)},
        {**STOLEN, "notice_received": NEW},
    ),
    "IN-EBT27-REPORT-5D": (
        {"alert_received_on": NEW},
        {**STOLEN, "alert_received_on": OLD},
    ),
    "IN-EBT27-45D": (
        {"notice_received": NEW},
        {**STOLEN, "notice_received": OLD},
        {**STOLEN, "notice_received": NEW, "cross_border": True},
    ),
    "IN-EBT27-60D": (
        {"notice_received": NEW, "cross_border": True},
        {**STOLEN, "notice_received": OLD, "cross_border": True},
        {**STOLEN, "notice_received": NEW},
    ),
    "IN-CC-BILL-30D": ({"notice_received": date(2022, 6, 30)},),
}
BAND = "0.0004 a day, band 0.00035 to 0.0005"
ABROAD = (
    *_silent("UK-DISP-1.6.2-8W", "gb", "complaint", GB_PAYMENT,
             {"received": MONDAY, "resolved_by_third_day": True}),
    *_silent("UK-DISP-1.6.2A-35BD", "gb", "complaint", GB_PAYMENT,
             {"received": MONDAY, "holding_sent_on": MONDAY},
             {**HELD, "resolved_by_third_day": True}),
    Saying("UK-DISP-1.6.2A-35BD", "gb", "complaint", HELD,
           ("complaint received 2026-03-02",
            "15 business days by UK-ENG end on 2026-03-23",
            "holding response sent in time on 2026-03-10",
            "35 business days by UK-ENG end on 2026-04-22")),
    *_silent("EU-PSD2-101-15BD", "eu", "complaint", {**HELD},
             {"received": MONDAY, "payment_services": False}),
    *_silent("EU-PSD2-101-35BD", "eu", "complaint", GB_PAYMENT,
             {**HELD, "payment_services": False}),
    Saying("EU-PSD2-101-35BD", "eu", "complaint", HELD,
           ("complaint received 2026-03-02",
            "15 business days by TARGET end on 2026-03-23",
            "holding reply sent in time on 2026-03-10",
            "35 business days by TARGET end on 2026-04-22",
            "the user has the reply by then: allow for post")),
    *(
        Saying(rule, place, "complaint", {**HELD, "holding_sent_on": date(2026, 3, 24)},
               ("complaint received 2026-03-02", f"15 business days by {by} end on 2026-03-23",
                f"the holding {reply} of 2026-03-24 came after them: it extends nothing"))
        for rule, place, by, reply in (
            ("UK-DISP-1.6.2A-35BD", "gb", "UK-ENG", "response"),
            ("EU-PSD2-101-35BD", "eu", "TARGET", "reply"),
        )
    ),
    *_silent("EU-PSD2-71-13M", "eu", "dispute", {"debited_on": MONDAY},
             {"debited_on": MONDAY, "information_not_given": True}),
    *_silent("UK-PSR-74-13M", "gb", "dispute", {"debited_on": MONDAY},
             {"debited_on": MONDAY, "information_not_given": True}),
    *_silent("EU-PSD2-73-1BD", "eu", "dispute", {"aware_on": MONDAY}, NOTICE),
    *_silent("UK-PSR-76-1BD", "gb", "dispute", {"aware_on": MONDAY}, NOTICE),
    *_silent("AU-RG271-30D", "au", "complaint", {"received": date(2021, 10, 4)},
             {"received": MONDAY, "hardship": True}),
    *_silent("AU-RG271-21D", "au", "complaint", {"received": MONDAY},
             {"received": date(2021, 10, 4), "hardship": True}),
    Saying("AU-RG271-30D", "au", "complaint",
           {"received": MONDAY, "delay_notified_on": date(2026, 4, 1)},
           ("complaint received 2026-03-02", "30 calendar days end on 2026-04-01",
            "notice of delay given in time on 2026-04-01")),
    *_silent("HK-IC4-30D", "hk", "complaint",
             {"received": MONDAY, "holding_sent_on": date(2026, 4, 1)}),
    *_silent("HK-IC4-60D", "hk", "complaint", {"received": MONDAY},
             {"received": MONDAY, "holding_sent_on": date(2026, 4, 2)}),
    Saying("HK-IC4-60D", "hk", "complaint",
           {"received": MONDAY, "holding_sent_on": date(2026, 4, 1)},
           ("complaint received 2026-03-02", "30 calendar days end on 2026-04-01",
            "interim reply sent on 2026-04-01", "60 calendar days end on 2026-05-01")),
    *_silent("AU-RG271-5BD", "au", "complaint", {"received": date(2021, 10, 4)},
             {"received": MONDAY, "hardship": True},
             {"received": MONDAY, "written_response_requested": True}),
    *_silent("SG-EUPG-21BD", "sg", "dispute", {"claim_received": MONDAY},
             {**CLAIM, "exceptional": True}, {**CLAIM, "claim_received": date(2019, 6, 29)}),
    *_silent("SG-EUPG-45BD", "sg", "dispute", CLAIM,
             {"claim_received": MONDAY, "exceptional": True},
             {**CLAIM, "exceptional": True, "claim_received": date(2019, 6, 29)}),
    Saying("SG-EUPG-45BD", "sg", "dispute", {**CLAIM, "exceptional": True},
           ("claim received 2026-03-02", "21 business days by SG end on 2026-03-31",
            "an exceptional case: not 2026-03-31 but 45 days",
            "45 business days by SG end on 2026-05-06")),
    *(
        Saying(rule, "cn", "plan", {**PLAN, **values}, steps)
        for rule, values, steps in (
            ("PLN-MAX-5Y", {"instalments": 0}, NO_INSTALMENT),
            ("PLN-MAX-5Y", {"instalments": 60}, ("plan signed 2026-03-02", ENDS, FINE)),
            ("PLN-CONDITIONS", {}, ("plan asked for 2026-03-02", FINE)),
            ("N13-INSTALMENT", {**PRODUCT, "instalments": 0}, NO_INSTALMENT),
            ("N13-INSTALMENT", {**PRODUCT, "instalments": 60}, (AGREED, FINE)),
            ("PLN-NO-REINSTALMENT", PRODUCT, (AGREED, FINE)),
            ("PLN-CONTENT", {"first_on": MONDAY, "count": 0},
             ('The fact "count" is 0: give at least 1.',)),
            ("PLN-CONTENT", {"first_on": MONDAY, "count": 1, "total_minor": -1},
             ('The fact "total_minor" is -1: give zero or more.',)),
        )
    ),
    *_silent("AU-NCC-72-NOINFO-28D", "au", "hardship",
             {"received": MONDAY, "information_requested_on": date(2026, 3, 24)},
             {"received": MONDAY, "information_requested_on": MONDAY, "info_received_on": MONDAY}),
    *(one for rule, several in INDIA.items() for one in _silent(rule, "in", "dispute", *several)),
    *_silent("IN-CC-PASTDUE-3D", "in", "account", {"payment_due_on": date(2022, 6, 30)}),
    *_silent("IN-IOS-2021-1Y", "in", "complaint",
             {"reply_received": date(2021, 11, 10), "lodged_on": date(2021, 11, 11)},
             {"reply_received": date(2026, 6, 10), "lodged_on": date(2026, 7, 1)}),
    *_silent("IN-IOS-2026-90D", "in", "complaint",
             {"reply_received": date(2026, 6, 10), "lodged_on": date(2026, 6, 30)}),
    Saying("UK-BS-MHC-30D", "gb", "hardship",
           {"treatment_ended_on": MONDAY, "crisis_moratorium_started_on": date(2026, 2, 1)},
           ("moratorium started 2026-02-01", "crisis treatment ended 2026-03-02",
            "30 calendar days end on 2026-04-01")),
    Saying("UK-BS-MHC-30D", "gb", "hardship", {"treatment_ended_on": MONDAY},
           ("crisis treatment ended 2026-03-02", "30 calendar days end on 2026-04-01")),
    Saying("CIV-3Y", "cn", "account", {"breach_known_on": MONDAY, "interruptions": (MONDAY,)},
           ("breach known 2026-03-02", "3 years end on 2029-03-02")),
    *_silent("IN-TAT-T5", "in", "dispute", {"transaction_on": MONDAY},
             {"transaction_on": date(2019, 10, 14), "failed_transaction": True}),
    *_silent("IN-TAT-C2C-T1", "in", "dispute", {"transaction_on": MONDAY},
             {"transaction_on": date(2019, 10, 14), "card_to_card": True}),
    *(
        Saying("ALC-57", "cn", "payment", {**BEIJING, "days_past_due": days},
               ("payment due 2026-03-02", f"{days} days past due, {bucket}", order))
        for days, bucket, order in (
            (90, "M3", "up to day 90: charges, then principal"),
            (91, "M4", "from day 91: principal, then charges"),
        )
    ),
    *(
        Saying("ALC-57", "cn", "payment", {**BEIJING, name: -1},
               (f'The fact "{name}" is -1: give zero or more.',))
        for name in ("paid_minor", "interest_minor", "fees_minor", "principal_minor")
    ),
    Saying("GRACE-3D", "cn", "payment",
           {"payment_due_on": MONDAY, "paid_on": MONDAY, "short_minor": -1},
           ('The fact "short_minor" is -1: give zero or more.',)),
    Saying("GRACE-3D", "cn", "payment", {"payment_due_on": MONDAY, "grace_days": 2},
           ('The fact "grace_days" is 2: give at least 3.',)),
    *(
        Saying("INT-BAND", "cn", "payment", {"on": day, "daily_rate": "0.0004"},
               (f"rate of {day}", said))
        for day, said in (
            (date(2017, 1, 1), BAND), (date(2020, 12, 31), BAND),
            (date(2021, 1, 1), "no band: agreed by contract, the yearly rate shown"),
        )
    ),
    *_silent("INT-BAND", "cn", "payment", {"on": MONDAY},
             {"on": date(2016, 12, 31), "daily_rate": "0.0004"}),
    *(
        Saying("INT-BAND", "cn", "payment", {"on": MONDAY, "daily_rate": text},
               (f'The fact "daily_rate" is "{text}": give a decimal number such as "0.0005".',))
        for text in ("-0.5", "NaN", "Infinity", "much")
    ),

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
            ("US-REGZ-13G4-REDISPUTE", "decided_notice_sent"),
            ("US-REGZ-13D1-NOCOLLECT", "notice_received"),
            ("US-REGZ-13D2-NOADVERSE", "notice_received"),
            ("US-REGZ-13D3-NOACCEL", "notice_received"),
            ("US-REGZ-13B1-NOTICE-60D", "statement_transmitted"),
            ("US-REGZ-13B1-UNSENT-60D", "statement_should_be_sent"),
            ("US-REGZ-13B1-CREDIT-60D", "credit_statement_transmitted"),
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
    *AMERICA,
    *CHINA,
    Saying("US-REGZ-12B-UNAUTH-50", "us", "dispute",
           {**NOTICE, "unauthorised_before_minor": -1, "liability_conditions_met": True},
           ('The fact "unauthorised_before_minor" is -1: give cents, 0 or more.',)),
    Saying("NET-VISA-FILE-120D", "us", "dispute",
           {"network": "visa", "network_code": "13.1", "processing_on": MONDAY,
            "expected_on": MONDAY},
           ("transaction processed 2026-03-02", "120 calendar days end on 2026-06-30",
            "never later than 2027-08-24, 540 days after processing on 2026-03-02")),
    Saying("NET-MC-FILE-120D", "us", "dispute", {**GOODS, "expected_on": MONDAY},
           ("transaction processed 2026-03-02", "120 calendar days end on 2026-06-30",
            "never later than 2027-08-24, 540 days after processing on 2026-03-02")),
    *(one for rule, several in QUIET.items() for one in _silent(rule, "us", "dispute", *several)),
    *(one for rule, several in COMPLAINTS.items()
      for one in _silent(rule, "cn", "complaint", *several)),
    *ABROAD,
)  # fmt: skip
