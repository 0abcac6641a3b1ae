"""explain_law: law, steps and dates of one rule, and how bad facts are refused."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tickets.models import LoadedCalendar

pytestmark = pytest.mark.django_db  # the issuer's own calendars are rows
ACK = "US-REGZ-13C1-ACK-30D"


def _explain(rule, facts, **options):
    with pytest.raises(CommandError) as problem:
        call_command("explain_law", rule, facts=facts, **options)
    return str(problem.value), problem.value.returncode


def test_explanation_names_law_steps_dates_and_end(capsys):
    call_command("explain_law", ACK, facts='{"notice_received": "2026-08-08"}')

    printed = capsys.readouterr().out
    for line in (
        "  citation: 12 CFR 1026.13(c)(1)",
        "  state: on",
        "  1. notice received 2026-08-08",
        "  2. 30 calendar days end on 2026-09-07",
        "  legal date: 2026-09-07 (Monday)",
        "  safe date: 2026-09-04 (Friday)",
        "  binds: issuer",
        "  ended by: dispute.acknowledge, dispute.resolve, dispute.withdraw",
    ):
        assert f"{line}\n" in f"{printed}\n"


def test_explanation_in_chinese_of_a_rule_that_is_off(capsys):
    facts = '{"received": "2026-03-02"}'

    call_command("explain_law", "nz-bos-deadlock-2m", facts=facts, language="zh")

    printed = capsys.readouterr().out
    assert "  状态：停用：可信度为低；将其编号列入启用规则后运行\n" in printed
    assert "  法定日期：2026-05-02（星期六）\n" in printed


def test_explanation_of_facts_by_the_cases_names(capsys):
    facts = '{"trigger": "2026-06-30", "trigger_label": "expected (13.1)", ' + (
        '"processing_date": "2026-01-15"}'
    )

    call_command("explain_law", "NET-VISA-FILE-120D", facts=facts, raw=True)

    printed = capsys.readouterr().out
    assert "  legal date: 2026-10-28 (Wednesday)\n" in printed
    assert "  never after: 2027-07-09 (Friday)\n" in printed


@pytest.mark.parametrize(
    ("rule", "facts", "options", "said"),
    [
        (ACK, "{}", {}, 'The fact "notice_received" is missing: give a date.'),
        (
            "US-REGZ-13D1-NOCOLLECT",
            '{"notice_received": "2026-03-02", "resolved_on": "2026-03-01"}',
            {},
            'The fact "resolved_on" is 2026-03-01, before "notice_received" on 2026-03-02: '
            "correct one of the two.",
        ),
        (
            ACK,
            '{"notice_received": "2026-03-02T10:00:00"}',
            {},
            'The fact "notice_received" is 2026-03-02T10:00:00 without a time zone: give a date.',
        ),
        (
            ACK,
            '{"notice_received": "2026-03-02T10:00:00Z"}',
            {"zone": "Mars/Olympus"},
            'The fact "zone" is "Mars/Olympus", which is no time zone: give a name such as '
            "Europe/London.",
        ),
        (
            ACK,
            '{"a" 1}',
            {},
            "--facts is no JSON: Expecting ':' delimiter: line 1 column 6 (char 5).",
        ),
        (
            ACK,
            "[]",
            {},
            '--facts must be a JSON object, such as {"notice_received": "2026-03-02"}.',
        ),
        (
            "PIP-15WD",
            '{"privacy_request_received": "2026-12-21"}',
            {},
            "The calendar CN 2027 is not published: load it, and this date can be computed.",
        ),
    ],
)  # fmt: skip
def test_bad_fact_is_one_sentence(rule, facts, options, said):
    assert _explain(rule, facts, **options) == (said, 2)


def test_misspelt_fact_is_named():
    said, _code = _explain(ACK, '{"notice_recieved": "2026-03-02"}')

    assert said == (
        'The fact "notice_received" is missing: give a date. You gave "notice_recieved".'
    )


def test_unknown_rule_is_told_the_nearest():
    said, code = _explain("US-REGZ-13C1-ACK", "{}")

    assert said.startswith(f'There is no rule "US-REGZ-13C1-ACK"; did you mean {ACK}')
    assert code == 2


def test_unknown_jurisdiction_is_told_the_known():
    said, code = _explain(ACK, "{}", jurisdiction="atlantis")

    assert said.startswith('There are no rules for the jurisdiction "atlantis": give one of au, ')
    assert code == 2


def test_region_chooses_the_calendar_of_the_safe_date(capsys):
    facts = '{"received": "2026-02-09", "region": "SCT"}'

    call_command("explain_law", "UK-DISP-1.6.2-8W", facts=facts)

    printed = capsys.readouterr().out
    assert "  calendar: UK-SCT\n" in printed
    assert "  safe date: 2026-04-06 (Monday)\n" in printed


def test_the_issuers_own_calendar_counts_as_it_was_loaded(capsys):
    LoadedCalendar.objects.create(
        calendar="OWN-US", base="US-FED", closed=["2026-07-06"], loaded_at=timezone.now()
    )

    call_command("explain_law", "US-REGZ-13D1-AUTOPAY-3BD", "--calendar", "OWN-US",
                 "--facts", '{"autopay_on": "2026-07-08"}')  # fmt: skip

    assert "3 business days by OWN-US before is 2026-07-02" in capsys.readouterr().out
