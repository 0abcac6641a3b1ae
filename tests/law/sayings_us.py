"""What American rules say beside their dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.law.saying import MONDAY, Saying, silent

NOTICE = {"notice_received": MONDAY}
USED = {**NOTICE, "unauthorised_before_minor": 100, "liability_conditions_met": True}
BOUGHT = {**NOTICE, "amount_minor": 8000, "outstanding_minor": 7000, "tried_merchant": True,
          "same_state": True}  # fmt: skip
BROKEN = {"breached_on": MONDAY, "amount_minor": 100, "finance_charges_minor": 5}
DEBIT = {"account_kind": "debit"}
LOST = {**DEBIT, "loss_learned_on": MONDAY, "loss_first_two_days_minor": 100}
BEFORE = date(2021, 11, 29)
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)

ERROR = {**NOTICE, **DEBIT}
YOUNG = {**ERROR, "first_deposit_on": date(2026, 1, 31), "transfer_on": MONDAY}
OLD = {**ERROR, "first_deposit_on": date(2026, 1, 30), "transfer_on": MONDAY}
ABROAD, SHOP = {**ERROR, "foreign": True}, {**ERROR, "pos": True}
ERRORS = {
    "US-REGE-11C1-INVEST-10BD": (YOUNG,),
    "US-REGE-11C3I-NEWACCT-20BD": (ERROR, OLD),
    "US-REGE-11C2-PROVCREDIT-10BD": (),
    "US-REGE-11C2-45D": (YOUNG, ABROAD, SHOP),
    "US-REGE-11C3II-90D": (ERROR, OLD),
}

ASSETS = {
    "US-REGE-11B1-NOTICE-60D": "statement_transmitted",
    "US-REGE-11B2-CONFIRM-10BD": "oral_notice_on",
    "US-REGE-11C2II-INFORM-2BD": "provisional_credit_on",
    "US-REGE-11C1-REPORT-3BD": "investigation_completed_on",
    "US-REGE-11C1-CORRECT-1BD": "error_determined_on",
    "US-REGE-11D2-HONOR-5BD": "debit_notified_on",
}
REPORTED = {"direct_dispute_received": MONDAY}

AMERICA = (
    Saying("US-REGZ-12B-UNAUTH-50", "us", "dispute", USED,
           ("issuer notified 2026-03-02",
            "obtained before notification: 100 cents; later use does not count",
            "conditions of (b)(2) met: at most 100 cents")),
    Saying("US-REGZ-12C-CLAIMS", "us", "dispute", BOUGHT,
           ("claim first notified 2026-03-02",
            "the claim holds against the issuer up to 7000 cents")),
    Saying("US-TILA-161E-FORFEIT", "us", "dispute", BROKEN,
           ("duty broken 2026-03-02", "the right to collect 105 cents is forfeited")),
    *silent("US-REGZ-12B-UNAUTH-50", "us", "dispute", NOTICE, {**USED, **DEBIT}),
    *silent("US-REGZ-12C-CLAIMS", "us", "dispute", NOTICE, {**BOUGHT, **DEBIT}),
    *silent("US-TILA-161E-FORFEIT", "us", "dispute", {**BROKEN, **DEBIT}),
    *silent("US-REGE-6B1-LOSS-2BD", "us", "dispute", {"loss_learned_on": MONDAY},
            {"loss_learned_on": MONDAY, "account_kind": "credit"}),
    Saying("US-REGE-6B1-LOSS-2BD", "us", "dispute", LOST,
           ('The fact "notice_in_time" is missing: give whether the loss was reported in time.',)),
    *(
        Saying("US-REGE-6B1-LOSS-2BD", "us", "dispute",
               {**LOST, "loss_after_minor": 0, "notice_in_time": False, name: -1},
               (f'The fact "{name}" is -1: give cents, 0 or more.',))
        for name in ("loss_first_two_days_minor", "loss_after_minor")
    ),
    *(
        Saying("US-REGF-6B1-HOURS", "us", "contact",
               {"contact_at": NOON, "zones": ("America/New_York",), "inconvenient_times": (span,)},
               (f'The fact "inconvenient_times" has "{span}": give times such as 12:00-13:00.',))
        for span in ("12:00", "9:00-13:00", "12:00-1:00")
    ),
    *(
        one for rule, several in ERRORS.items()
        for values in (NOTICE, {**ERROR, "notice_stands": False}, *several)
        for one in silent(rule, "us", "dispute", values)
    ),
    *(
        one for rule, start in ASSETS.items() for values in ({}, {**DEBIT, "notice_stands": False})
        for one in silent(rule, "us", "dispute", {start: MONDAY, **values})
    ),
    *silent("US-REGE-6B3-STMT-60D", "us", "dispute", {"statement_transmitted": MONDAY}),
    *silent("US-REGE-18E-PREPAID-60D", "us", "dispute", {"history_sent_on": MONDAY},
            {**DEBIT, "history_sent_on": MONDAY}),
    *silent("US-REGF-34-VALIDATION-30D", "us", "account", {"validation_sent_on": BEFORE}),
    *silent("US-REGF-34-INITIAL-5D", "us", "account", {"initial_communication_on": BEFORE}),
    *silent("US-FCRA-DIRECT-30D", "us", "dispute", {**REPORTED, "info_received_on": MONDAY}),
    *silent("US-FCRA-DIRECT-45D", "us", "dispute", REPORTED,
            {**REPORTED, "info_received_on": date(2026, 3, 1)},
            {**REPORTED, "info_received_on": date(2026, 4, 1)}),
    *silent("US-REGF-14B2A-7IN7", "us", "contact", {"calls": (BEFORE,)}),
    *silent("US-REGF-14B2B-POSTCONV-7D", "us", "contact", {"conversation_on": BEFORE}),
)  # fmt: skip
