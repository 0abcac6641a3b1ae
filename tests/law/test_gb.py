"""The United Kingdom beyond the worked cases: which rules run on a case, hours, and acts."""

from datetime import UTC, date, datetime

import pytest

from law.calendars import named
from law.deadlines import Facts, MissingFact, apply, deadlines, rule
from law.gb.consumer_credit import like_claim
from law.trace import Trace

RECEIVED = date(2026, 3, 2)
AT_RECEIPT = {"POL-ACK-1WD", "POL-UK-ACK-5BD", "UK-DISP-1.5-3BD"}
TARGETS = {"POL-ACK-1WD", "POL-DSP-30D"}
UNAUTHORISED = {"subtype": "unauthorised_transaction"}


def run(kind, calendar=None, enabled=(), **values):
    dues, unknown = deadlines(Facts("gb", kind, values), enabled=enabled, calendar=calendar)
    assert unknown == []
    return {due.rule_id: due for due in dues}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {*AT_RECEIPT, "UK-DISP-1.6.2-8W"}),
        ({"hardship": True, "payment_services": False}, {*AT_RECEIPT, "UK-DISP-1.6.2-8W"}),
        ({"payment_services": True}, {*AT_RECEIPT, "UK-DISP-1.6.2A-15BD"}),
        (
            {"payment_services": True, "holding_sent_on": date(2026, 3, 20)},
            {*AT_RECEIPT, "UK-DISP-1.6.2A-35BD"},
        ),
        ({"holding_sent_on": date(2026, 4, 20)}, {*AT_RECEIPT, "UK-DISP-1.6.2-8W"}),
        ({"resolved_by_third_day": True}, {"POL-ACK-1WD", "UK-DISP-1.5-3BD"}),
        (
            {"final_response_sent": date(2026, 4, 1)},
            {*AT_RECEIPT, "UK-DISP-1.6.2-8W", "UK-DISP-2.8.2-FOS-6M"},
        ),
    ],
)
def test_rules_that_run_on_a_complaint(values, expected):
    assert set(run("complaint", received=RECEIVED, source="email", **values)) == expected


def test_ombudsman_window_waits_for_the_prescribed_words():
    sent = {"received": RECEIVED, "final_response_sent": date(2026, 4, 1)}

    assert "UK-DISP-2.8.2-FOS-6M" not in run("complaint", ombudsman_wording_missing=True, **sent)


def test_referral_a_day_late_is_late():
    sent, referred = date(2026, 8, 31), date(2027, 3, 1)

    due = run("complaint", final_response_sent=sent, referred_on=referred)

    assert due["UK-DISP-2.8.2-FOS-6M"].verdict == "late_by_1"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            UNAUTHORISED,
            {"POL-ACK-1WD", "UK-PSR-76-1BD", "UK-PSR-74-13M", "UK-CONC-7.14.1-DISPUTED"},
        ),
        (
            {**UNAUTHORISED, "nca_notified": True},
            {"POL-ACK-1WD", "UK-PSR-74-13M", "UK-CONC-7.14.1-DISPUTED"},
        ),
        (
            {**UNAUTHORISED, "information_not_given": True},
            {"POL-ACK-1WD", "UK-PSR-76-1BD", "UK-CONC-7.14.1-DISPUTED"},
        ),
        ({"subtype": ""}, {"POL-ACK-1WD", "UK-CONC-7.14.1-DISPUTED"}),
        ({"cash_price_minor": 420_00}, {"POL-ACK-1WD", "UK-CONC-7.14.1-DISPUTED", "UK-CCA-75"}),
    ],
)
def test_rules_that_run_on_a_dispute(values, expected):
    dates = {"notice_received": RECEIVED, "received": RECEIVED, "posted_on": date(2026, 2, 20)}

    assert set(run("dispute", amount_minor=4200, **dates, **values)) == expected | TARGETS


def test_rule_asked_by_name_needs_no_flags():
    facts = Facts("gb", "complaint", {"received": date(2026, 1, 5)})

    assert apply(rule("UK-DISP-1.6.2-8W"), facts).due_on == date(2026, 3, 2)


def test_outer_limit_asked_by_name_needs_no_holding_response():
    facts = Facts("gb", "complaint", {"received": date(2026, 3, 20)})

    due = apply(rule("UK-DISP-1.6.2A-35BD"), facts, named("UK-ENG"))

    assert due.due_on == date(2026, 5, 13)
    assert not [step for step in due.trace if "holding" in step.en]


def test_trace_of_the_outer_limit_shows_the_first():
    values = {"payment_services": True, "holding_sent_on": date(2026, 9, 11)}

    due = run("complaint", received=date(2026, 8, 20), **values)["UK-DISP-1.6.2A-35BD"]

    assert [step.en for step in due.trace] == [
        "complaint received 2026-08-20",
        "15 business days by UK-ENG end on 2026-09-11",
        "holding response sent in time on 2026-09-11",
        "35 business days by UK-ENG end on 2026-10-09",
    ]


@pytest.mark.parametrize(
    ("aware", "due_at"),
    [
        (date(2026, 3, 27), datetime(2026, 3, 30, 23, tzinfo=UTC)),  # summer time began
        (date(2026, 10, 23), datetime(2026, 10, 27, 0, tzinfo=UTC)),  # and ended
    ],
)
def test_refund_is_due_when_the_london_day_ends(aware, due_at):
    assert run("dispute", aware_on=aware, **UNAUTHORISED)["UK-PSR-76-1BD"].due_at == due_at


@pytest.mark.parametrize(
    ("acted", "exempt", "verdict"),
    [
        (date(2026, 3, 9), False, "allowed"),  # the entry itself is before day 1
        (date(2026, 3, 10), False, "prohibited"),
        (date(2026, 5, 8), False, "prohibited"),
        (date(2026, 5, 9), False, "allowed"),
        (date(2026, 4, 1), True, "allowed"),
    ],
)
def test_breathing_space_bars_its_sixty_days(acted, exempt, verdict):
    values = {"register_entry_on": date(2026, 3, 9), "acted_on": acted, "exempt": exempt}

    assert run("contact", **values)["UK-BS-60D"].verdict == verdict


def test_start_in_the_notice_beats_the_entry():
    dates = {"register_entry_on": date(2026, 3, 9), "moratorium_started_on": date(2026, 3, 11)}

    assert run("account", **dates)["UK-BS-60D"].found == {"start": date(2026, 3, 11)}


@pytest.mark.parametrize("region", ["SCT", "NIR"])
def test_breathing_space_is_the_law_of_england_and_wales(region):
    assert run("contact", register_entry_on=RECEIVED, region=region) == {}


@pytest.mark.parametrize(
    ("values", "acted", "verdict"),
    [
        ({"treatment_ended_on": date(2026, 9, 1)}, date(2026, 8, 1), "prohibited"),
        ({"treatment_ended_on": date(2026, 9, 1)}, date(2026, 10, 1), "prohibited"),
        ({"treatment_ended_on": date(2026, 9, 1)}, date(2026, 10, 2), "allowed"),
        ({"crisis_moratorium_started_on": date(2026, 7, 1)}, date(2027, 7, 1), "prohibited"),
        (
            {
                "crisis_moratorium_started_on": date(2026, 7, 1),
                "treatment_ended_on": date(2026, 9, 1),
            },
            date(2026, 6, 30),
            "allowed",
        ),
    ],
)
def test_crisis_breathing_space_covers_the_treatment(values, acted, verdict):
    found = run("contact", acted_on=acted, **values)

    assert found["UK-BS-MHC-30D"].verdict == verdict


def test_last_day_of_the_pause_for_a_plan_is_inside():
    on = {"UK-CONC-7.3.12-30D"}
    told = {"plan_told_on": date(2026, 2, 10)}

    last = run("contact", enabled=on, acted_on=date(2026, 3, 12), **told)
    after = run("contact", enabled=on, acted_on=date(2026, 3, 13), **told)

    assert last["UK-CONC-7.3.12-30D"].verdict == "prohibited"
    assert last["UK-CONC-7.3.12-30D"].found == {"extended_due": date(2026, 4, 11)}
    assert after["UK-CONC-7.3.12-30D"].verdict == "allowed"


@pytest.mark.parametrize(
    ("pence", "verdict"),
    [(100_00, "fails"), (100_01, "passes"), (30_000_00, "passes"), (30_000_01, "fails")],
)
def test_section_75_lies_between_two_cash_prices(pence, verdict):
    facts = Facts("gb", "dispute", {"cash_price_minor": pence})

    assert like_claim(facts, Trace()).verdict == verdict


def test_arrears_notice_needs_a_coming_statement():
    values = {"second_missed_on": date(2026, 4, 10), "statement_deadlines": (date(2026, 3, 25),)}

    with pytest.raises(MissingFact, match="one on or after 2026-04-10"):
        apply(rule("UK-CCA-86C-ARREARS"), Facts("gb", "account", values))


def test_pause_cancelled_on_its_last_day_ends_the_day_before():
    entered, plan = date(2026, 3, 9), date(2026, 2, 10)
    on = {"UK-CONC-7.3.12-30D"}

    space = run("contact", register_entry_on=entered, moratorium_cancelled_on=date(2026, 5, 8))
    pause = run("contact", enabled=on, plan_told_on=plan, plan_delivered_on=date(2026, 3, 12))

    assert space["UK-BS-60D"].due_on == date(2026, 5, 7)
    assert pause["UK-CONC-7.3.12-30D"].due_on == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"crisis_moratorium_started_on": date(2026, 7, 1)},
            ["moratorium started 2026-07-01", "no end while the treatment goes on"],
        ),
        (
            {"treatment_ended_on": date(2026, 9, 1)},
            ["crisis treatment ended 2026-09-01", "30 calendar days end on 2026-10-01"],
        ),
        (
            {
                "crisis_moratorium_started_on": date(2026, 7, 1),
                "treatment_ended_on": date(2026, 9, 1),
            },
            [
                "moratorium started 2026-07-01",
                "crisis treatment ended 2026-09-01",
                "30 calendar days end on 2026-10-01",
            ],
        ),
    ],
)
def test_crisis_breathing_space_says_what_it_knows(values, said):
    assert [step.en for step in run("contact", **values)["UK-BS-MHC-30D"].trace] == said


@pytest.mark.parametrize(("settled", "applies"), [(True, False), (False, True)])
def test_acknowledgement_is_not_owed_once_settled(settled, applies):
    facts = Facts("gb", "complaint", {"received": RECEIVED, "resolved_by_third_day": settled})

    assert rule("UK-DISP-1.6.1-ACK").when(facts) is applies
