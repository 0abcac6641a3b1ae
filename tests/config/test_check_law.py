"""check_law: three formats of cases, what differs, and how bad input is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

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
