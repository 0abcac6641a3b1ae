"""check_law and explain_law: what they print, and how bad input is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tickets.models import LoadedCalendar

pytestmark = pytest.mark.django_db  # the issuer's own calendars are rows
LAW = Path(__file__).parents[1] / "law"
ACK = "US-REGZ-13C1-ACK-30D"
WEST = {
    "id": "W1", "rule_id": ACK, "jurisdiction": "US", "facts": {"trigger": "2026-01-15"},
    "calendar": {"id": "CAL"}, "expected": {"due": "2026-02-14", "due_weekday": "Saturday"},
}  # fmt: skip
CHINA = {
    "id": "C1", "rule_id": "CMP-15", "op": "calendar_days",
    "facts": {"received": "2026-03-02T10:00:00+08:00", "days": 15},
    "expected": {"deadline": "2026-03-17"},
}  # fmt: skip
HOUSE = {
    "id": "H1", "rule": ACK, "jurisdiction": "us", "kind": "dispute",
    "facts": {"notice_received": "2026-01-15"}, "expect": {"due": "2026-02-14"}, "why": "",
}  # fmt: skip


@pytest.fixture
def written(tmp_path):
    def write(text, name="cases.json"):
        path = tmp_path / name
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def refused(capsys):
    """Check files that do not all agree; return what was printed and the exit code."""

    def check(*paths, **options):
        with pytest.raises(CommandError) as problem:
            call_command("check_law", *paths, **options)
        return capsys.readouterr().out, problem.value.returncode

    return check


def _explain(rule, facts, **options):
    with pytest.raises(CommandError) as problem:
        call_command("explain_law", rule, facts=facts, **options)
    return str(problem.value), problem.value.returncode


def test_house_cases_agree(capsys):
    call_command("check_law", str(LAW / "cases" / "regulation_z.json"))

    assert capsys.readouterr().out.splitlines()[-1] == "52 of 52 agree"


@pytest.mark.parametrize(
    "text",
    [
        {"cases": [WEST, CHINA, HOUSE]},
        [WEST, CHINA, HOUSE],
        "\n".join(json.dumps(case) for case in (WEST, CHINA, HOUSE)),
    ],
    ids=["object", "list", "lines"],
)
def test_three_formats_in_each_shape_of_file(text, written, capsys):
    call_command("check_law", written(text))

    assert capsys.readouterr().out == "3 of 3 agree\n"


def test_difference_is_told_with_its_trace(written, refused):
    wrong = {**WEST, "expected": {"due": "2026-02-13", "due_weekday": "Saturday"}}

    printed, code = refused(written([wrong, CHINA]))

    assert code == 1
    assert printed == (
        f'W1 {ACK}: due: expected "2026-02-13", found "2026-02-14"\n'
        "    1. notice received 2026-01-15\n"
        "    2. 30 calendar days end on 2026-02-14\n"
        "1 of 2 agree\n"
    )


def test_trace_is_told_in_chinese(written, refused):
    wrong = {**CHINA, "expected": {"deadline": "2026-03-16"}}

    printed, _code = refused(written([wrong]), language="zh")

    assert 'deadline: 应为 "2026-03-16", 得到 "2026-03-17"' in printed
    assert "1. 收到投诉 2026-03-02" in printed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"rule_id": "US-REGZ-13C1-ACK"},
            f'there is no rule "US-REGZ-13C1-ACK"; did you mean {ACK}',
        ),
        ({"expected": {"colour": "red"}}, 'colour: expected "red", found nothing answers "colour"'),
        ({"facts": {"trigger": "soon"}}, "The fact \"notice_received\" is 'soon': give a date."),
        ({"facts": {"trigger": None}}, 'The fact "notice_received" is missing: give a date.'),
        ({"facts": 7}, "its facts and what it expects must be objects"),
        ({"expected": {}}, "the latter not empty"),
        ({"jurisdiction": "ZZ"}, 'no rules are loaded for the jurisdiction "ZZ"'),
        ({"calendar": {"id": "MARS"}}, 'There is no calendar "MARS"'),
        ({"op": "guess"}, 'there is no op "guess": give one of calendar_days'),
        ({"facts": {"trigger": "2026-01-15", "amount": "1.005"}}, "has a fraction of a cent"),
    ],
)
def test_bad_case_is_one_counted_difference(change, said, written, refused):
    printed, code = refused(written([{**WEST, **change}, CHINA]))

    assert said in printed
    assert printed.endswith("1 of 2 agree\n")
    assert code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no cases"),
        ('{"id": 1}\n{"id"}', "is no JSON in line 2: Expecting ':' delimiter"),
        ('[{"id": 1,]', "is no JSON: "),
        ("{}", "holds no cases"),
        ("[]", "holds no cases"),
        ("3", "holds no cases"),
        ('[{"rule_id": "CMP-15"}]', "lacks `id`, `facts`, `expected`"),
        ("[null]", "is no object with the fields of a case"),
    ],
)
def test_unreadable_file_is_counted(text, said, written, refused):
    printed, code = refused(written(text), written([WEST], "good.json"))

    assert said in printed
    assert printed.endswith("1 of 2 agree\n")
    assert code == 1


def test_file_that_is_not_there_and_one_that_is_no_text(tmp_path, refused):
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")

    printed, _code = refused(str(tmp_path / "none.json"), str(tmp_path / "bytes.json"))

    assert "none.json: No such file or directory" in printed
    assert "bytes.json: is no text in UTF-8" in printed
    assert printed.endswith("0 of 2 agree\n")


def test_one_rule_of_a_file(written, capsys):
    call_command("check_law", written([WEST, CHINA]), rule="CMP-15", verbose=True)

    printed = capsys.readouterr().out
    assert printed.startswith("C1 CMP-15: agrees\n")
    assert printed.endswith("1 of 1 agree\n")


def test_rule_that_no_case_names(written):
    with pytest.raises(CommandError, match='No case names the rule "CMP-60"'):
        call_command("check_law", written([WEST]), rule="CMP-60")


def test_rule_that_is_off_is_asked_and_said(written, capsys):
    case = {**WEST, "rule_id": "NZ-BOS-DEADLOCK-2M", "jurisdiction": "NZ",
            "expected": {"due": "2026-03-15"}}  # fmt: skip

    call_command("check_law", written([case]), verbose=True)

    assert "(NZ-BOS-DEADLOCK-2M is off: asked all the same)" in capsys.readouterr().out


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
