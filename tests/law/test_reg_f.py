"""Regulation F: calls counted and timed, refusals kept, and which of them may_contact names."""

from datetime import UTC, date, datetime, timedelta

import pytest

from law.contact import may_contact
from law.deadlines import BadFact, Facts, apply, deadlines, rule

NEW_YORK = ("America/New_York",)
WEEK = tuple(date(2026, 3, day) for day in range(2, 9))  # one call a day, Monday to Sunday
NOON = datetime(2026, 3, 9, 16, tzinfo=UTC)  # 12:00 in New York, the Monday after
CALLS, TALKED, HOURS = "US-REGF-14B2A-7IN7", "US-REGF-14B2B-POSTCONV-7D", "US-REGF-6B1-HOURS"
CEASE, DISPUTED = "US-REGF-6C-CEASE", "US-REGF-38-DISPUTE"
INITIAL, VALIDATION = "US-REGF-34-INITIAL-5D", "US-REGF-34-VALIDATION-30D"


def run(kind="contact", zone="", calendar=None, **values):
    dues, unknown = deadlines(Facts("us", kind, values, zone), calendar=calendar)
    american = {due.rule_id: due for due in dues if "REGF" in due.rule_id}
    return american, {one.rule_id: one.why for one in unknown}


def ask(at=NOON, zone="America/New_York", **values):
    return may_contact(Facts("us", "contact", {"contact_at": at, **values}, zone))


def counted(**values):
    due = apply(rule(CALLS), Facts("us", "contact", values, "America/New_York"))
    return due.verdict, due.found["max_in_window"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"calls": WEEK}, ("presumed_compliant", 7)),
        ({"calls": WEEK + WEEK[:1]}, ("presumed_violation", 8)),
        ({"calls": (*WEEK[::-1], date(2026, 3, 9))}, ("presumed_compliant", 7)),
        ({"calls": (WEEK[0],) * 8}, ("presumed_violation", 8)),
        ({"calls": (WEEK[0],) * 8, "excluded_calls": (WEEK[0],)}, ("presumed_compliant", 7)),
        ({"calls": WEEK + WEEK[:1], "excluded_calls": (WEEK[1],) * 2}, ("presumed_compliant", 7)),
        ({"calls": WEEK, "excluded_calls": (date(2026, 3, 1),)}, ("presumed_compliant", 7)),
        ({"calls": WEEK, "contact_at": NOON - timedelta(1)}, ("presumed_violation", 8)),
        ({"calls": WEEK, "contact_at": NOON}, ("presumed_compliant", 7)),
        ({"calls": (), "contact_at": NOON}, ("presumed_compliant", 1)),
    ],
)
def test_calls_of_seven_days(values, expected):
    assert counted(**values) == expected


def test_call_that_the_person_asked_for_is_not_counted():
    asked = {"contact_at": NOON - timedelta(1), "exempt": True}

    assert counted(calls=WEEK, **asked) == ("presumed_compliant", 7)
    assert counted(calls=WEEK + WEEK, **asked) == ("presumed_compliant", 14)
    assert counted(calls=WEEK + WEEK, exempt=True) == ("presumed_violation", 14)


@pytest.mark.parametrize(
    ("zone", "code"),
    [("America/New_York", "presumed_violation"), ("Europe/London", "allowed")],
)
def test_day_of_a_call_is_that_of_the_zone(zone, code):
    at = datetime(2026, 3, 9, 0, 30, tzinfo=UTC)  # still Sunday in New York

    assert ask(at, zone, calls=WEEK, consent=True).code == code


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ({"calls": (date(2021, 11, 29),)}, False),
        ({"calls": (date(2021, 11, 30),)}, True),
        ({"conversation_on": date(2021, 11, 29)}, False),
        ({"conversation_on": date(2021, 11, 30)}, True),
        ({"cease_received_on": date(2021, 11, 29)}, True),  # the statute is older
        ({"written_dispute_received": date(2021, 11, 29)}, True),
    ],
)
def test_calls_and_conversations_count_from_the_day_in_force(values, runs):
    assert len(run(**values)[0]) == runs


@pytest.mark.parametrize("start", ["initial_communication_on", "validation_sent_on"])
def test_validation_counts_from_the_day_in_force(start):
    assert run("account", **{start: date(2021, 11, 29)})[0] == {}
    assert len(run("account", **{start: date(2021, 11, 30)})[0]) == 1


@pytest.mark.parametrize(
    ("day", "exempt", "code"),
    [(2, False, "early"), (8, False, "early"), (8, True, "allowed"), (9, False, "allowed")],
)
def test_no_call_in_the_week_that_a_conversation_begins(day, exempt, code):
    verdict = ask(NOON.replace(day=day), conversation_on=date(2026, 3, 2), exempt=exempt)

    assert (verdict.code, verdict.rule_id) == (code, TALKED if code == "early" else "")
    assert verdict.not_before == (None if verdict.allowed else datetime(2026, 3, 9, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("clock", "zones", "verdict"),
    [
        ("2026-03-02T12:59:59Z", NEW_YORK, "prohibited"),
        ("2026-03-02T13:00:00Z", NEW_YORK, "allowed"),
        ("2026-03-03T02:00:00Z", NEW_YORK, "allowed"),
        ("2026-03-03T02:00:01Z", NEW_YORK, "prohibited"),
        ("2026-03-07T12:00:00Z", NEW_YORK, "prohibited"),  # 07:00 the day before the clocks turn
        ("2026-03-08T12:00:00Z", NEW_YORK, "allowed"),
        ("2026-10-31T12:00:00Z", NEW_YORK, "allowed"),
        ("2026-11-01T12:00:00Z", NEW_YORK, "prohibited"),  # and 07:00 once they turned back
        ("2026-03-08T15:00:00Z", ("America/New_York", "America/Phoenix"), "allowed"),
        ("2026-03-08T14:59:59Z", ("America/New_York", "America/Phoenix"), "prohibited"),
        ("2026-03-03T02:00:00Z", ("America/New_York", "America/Los_Angeles"), "allowed"),
        ("2026-03-03T02:00:01Z", ("America/New_York", "America/Los_Angeles"), "prohibited"),
        ("2026-03-02T17:00:00Z", ("America/New_York", "Pacific/Honolulu"), "prohibited"),
    ],
)
def test_hours_where_the_consumer_may_be(clock, zones, verdict):
    dues, unknown = run(contact_at=datetime.fromisoformat(clock), zones=zones)

    assert {one: due.verdict for one, due in dues.items()} == {HOURS: verdict}
    assert unknown == {}


def test_zone_of_the_case_stands_in_for_a_list():
    dues, _ = run(zone="America/Chicago", contact_at=datetime(2026, 3, 2, 14, tzinfo=UTC))

    assert (dues[HOURS].verdict, dues[HOURS].found) == ("allowed", {"local": ["08:00"]})


@pytest.mark.parametrize(
    ("spans", "consent", "verdict"),
    [
        (("12:00-13:00",), False, "prohibited"),
        (("12:00-13:00",), True, "allowed"),
        (("09:00-12:00", "13:00-24:00"), False, "allowed"),
        (("09:00-12:00", "11:30-24:00"), False, "prohibited"),
    ],
)
def test_times_that_the_consumer_named(spans, consent, verdict):
    dues, _ = run(contact_at=NOON, zones=NEW_YORK, inconvenient_times=spans, consent=consent)

    assert dues[HOURS].verdict == verdict


@pytest.mark.parametrize("span", ["ab:cd-ef:gh", "12:00-25:00", "24:00-08:00", "12:60-13:00", "1"])
def test_time_that_no_clock_shows_names_the_fact(span):
    _, unknown = run(contact_at=NOON, zones=NEW_YORK, inconvenient_times=(span,))

    assert unknown[HOURS] == (
        f'The fact "inconvenient_times" has "{span}": give times such as 12:00-13:00.'
    )


def test_unknown_zone_names_the_fact():
    _, several = run(contact_at=NOON, zones=("America/New_York", "Mars/Olympus"))
    _, one = run(zone="Mars/Olympus", contact_at=NOON)
    _, none = run(contact_at=NOON)

    assert several[HOURS] == (
        'The fact "zones" is America/New_York, Mars/Olympus: '
        "give names of time zones, such as America/New_York."
    )
    assert one[HOURS].startswith('The fact "zone" is "Mars/Olympus", which is no time zone')
    assert none[HOURS].startswith('The fact "zone" is missing')


def test_naive_instant_names_the_fact():
    naive = NOON.replace(tzinfo=None)
    _, unknown = run(contact_at=naive, zones=NEW_YORK, calls=WEEK)

    assert unknown[HOURS] == (
        'The fact "contact_at" is 2026-03-09T16:00:00 without an offset: add one, such as Z.'
    )
    assert unknown[CALLS].startswith('The fact "contact_at" is 2026-03-09T16:00:00 without')
    with pytest.raises(BadFact, match='"contact_at"'):
        ask(naive)


@pytest.mark.parametrize(
    ("received", "exempt", "code"),
    [
        (date(2026, 3, 10), False, "allowed"),
        (date(2026, 3, 9), False, "prohibited"),
        (date(2020, 3, 9), False, "prohibited"),
        (date(2026, 3, 9), True, "allowed"),  # one of the three notices
    ],
)
def test_written_refusal_has_no_end(received, exempt, code):
    verdict = ask(cease_received_on=received, exempt=exempt)

    assert (verdict.code, verdict.not_before) == (code, None)
    assert verdict.rule_id == ("" if verdict.allowed else CEASE)


@pytest.mark.parametrize(
    ("again", "code"),
    [(8, "allowed"), (9, "allowed"), (10, "prohibited"), (1, "prohibited")],
)
def test_refusal_ends_when_the_consumer_agrees_again(again, code):
    verdict = ask(cease_received_on=date(2026, 3, 2), cease_withdrawn_on=date(2026, 3, again))

    assert verdict.code == code
    assert (verdict.not_before == datetime(2026, 3, 10, 4, tzinfo=UTC)) is (again == 10)


def test_refusal_in_writing_is_no_date_of_its_own():
    due = run(cease_received_on=date(2026, 3, 2))[0][CEASE]

    assert (due.due_on, due.first_allowed_on, due.safe_on) == (None, None, None)
    assert due.starts_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("verified", "code"),
    [(None, "prohibited"), (date(2026, 3, 10), "prohibited"), (date(2026, 3, 9), "allowed")],
)
def test_disputed_debt_waits_for_verification(verified, code):
    verdict = ask(written_dispute_received=date(2026, 3, 5), verification_sent_on=verified)

    assert (verdict.code, verdict.rule_id) == (code, "" if verdict.allowed else DISPUTED)


@pytest.mark.parametrize(
    ("sent", "disputed", "holds"),
    [
        (None, date(2026, 4, 9), True),
        (date(2026, 3, 2), date(2026, 4, 8), True),  # the last day of the validation period
        (date(2026, 3, 2), date(2026, 4, 9), False),
        (date(2026, 3, 2), date(2026, 2, 20), True),
    ],
)
def test_dispute_after_the_validation_period_stops_nothing(sent, disputed, holds):
    values = {"validation_sent_on": sent, "written_dispute_received": disputed}
    dues, unknown = run(**values)
    verdict = ask(datetime(2026, 4, 20, 16, tzinfo=UTC), **values)

    assert (DISPUTED in dues, unknown) == (holds, {})
    assert verdict.allowed is not holds


@pytest.mark.parametrize("calendar", [None, "US-OFFICE", "US-FED", "CAL", "UK-SCT"])
def test_receipt_is_assumed_by_the_legal_holidays(calendar):
    dues, _ = run("account", calendar=calendar, validation_sent_on=date(2026, 6, 30))

    due = dues[VALIDATION]  # Friday 3 July, the observed day, counts
    assert due.found == {"assumed_receipt": date(2026, 7, 7)}
    assert (due.due_on, due.binds) == (date(2026, 8, 6), "customer")


def test_notice_is_sent_within_five_calendar_days():
    due = run("account", initial_communication_on=date(2026, 3, 5))[0][INITIAL]

    assert (due.due_on, due.safe_on) == (date(2026, 3, 10), date(2026, 3, 10))
    assert due.ends == ("notice.validation_sent",)


def test_safety_speaks_before_the_hours():
    at = datetime(2026, 3, 3, 4, tzinfo=UTC)  # 23:00 in New York

    assert ask(at).rule_id == HOURS
    assert ask(at, self_harm_hold=True).rule_id == "POL-SAFETY-HOLD"
