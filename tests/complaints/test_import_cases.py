"""Complaints that others send in bulk: whole files, hostile files, and whose they are."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from complaints.models import Arrival, Complaint
from tests import make
from tests.complaints.test_verbs import snapshot
from tickets.models import Deadline, Message

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
HEADING = [
    "Date received", "Product", "Sub-product", "Issue", "Sub-issue",
    "Consumer complaint narrative", "Company public response", "Company", "State", "ZIP code",
    "Tags", "Consumer consent provided?", "Submitted via", "Date sent to company",
    "Company response to consumer", "Timely response?", "Consumer disputed?", "Complaint ID",
    "Event tag", "Account",
]  # fmt: skip
ROW = {
    "Date received": "3/9/26", "Product": "Credit card", "Issue": "Fees or interest",
    "Sub-issue": "Problem with fees", "Consumer complaint narrative": "You charged me twice.",
    "Company": "Example Bank", "Date sent to company": "3/10/26", "Complaint ID": "9000001",
    "Company response to consumer": "In progress",
}  # fmt: skip


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def account():
    return make.account()


@pytest.fixture
def export(tmp_path, account):
    """Write an export of the regulator's: a file with a row for each dict."""

    def write(*rows, heading=HEADING, encoding="utf-8", name="export.csv"):
        text = io.StringIO()
        writer = csv.DictWriter(text, heading, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**ROW, "Account": account.external_ref, **row} for row in rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


def run(file, form="cfpb", **options):
    """Press the command's button: what it wrote, what it complained of, its status."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_cases", str(file), format=form, stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", error.returncode
    return out.getvalue(), err.getvalue(), 0


def mapped(tmp_path, **fields):
    path = tmp_path / "mapping.json"
    columns = {"external_ref": "No", "received_on": "Date", "story": "Text", "cardholder": "Who"}
    path.write_text(json.dumps({"columns": columns, **fields}), "utf-8")
    return path


def test_a_row_becomes_a_case_with_the_regulators_words(export, account):
    assert run(export({})) == ("export.csv: 1 opened, 0 joined, 0 known, 0 unmatched\n", "", 0)

    case = Complaint.objects.get()
    assert (case.category, case.ticket.account, case.ticket.source) == ("fee", account, "regulator")
    assert (case.ticket.external_ref, case.ticket.priority) == ("cfpb:9000001", 2)
    assert Message.objects.get().body == (
        "Product: Credit card\nIssue: Fees or interest\nSub-issue: Problem with fees\n\n"
        "You charged me twice."
    )


def test_the_law_counts_from_the_day_on_which_the_regulator_sent_it(export):
    run(export({}))

    case = Complaint.objects.get()
    assert case.received_on == date(2026, 3, 10)
    assert case.ticket.received_at == datetime(2026, 3, 10, 4, tzinfo=UTC)  # midnight in New York
    due = dict(Deadline.objects.filter(rule__startswith="US-CFPB").values_list("rule", "due_on"))
    assert due == {"US-CFPB-15D": date(2026, 3, 25), "US-CFPB-60D": date(2026, 5, 9)}


def test_the_same_file_again_changes_nothing(export):
    path = export({}, {"Complaint ID": "9000002", "Sub-issue": "Charged too much interest"})
    run(path)
    before = snapshot()

    out, _err, status = run(path)

    assert (out, status) == ("export.csv: 0 opened, 0 joined, 2 known, 0 unmatched\n", 0)
    assert snapshot() == before


def test_a_reference_twice_in_a_file_is_one_case(export):
    out, _err, _status = run(export({}, {}))

    assert out == "export.csv: 1 opened, 0 joined, 1 known, 0 unmatched\n"
    assert Arrival.objects.count() == 1


def test_the_same_matter_joins_and_restarts_nothing(export, account):
    first = make.complained(of=account, category="fee", at=NOW - timedelta(days=12))
    due = list(first.ticket.deadlines.order_by("id").values_list("rule", "due_on"))

    out, _err, _status = run(export({}))

    assert out == "export.csv: 0 opened, 1 joined, 0 known, 0 unmatched\n"
    case = Complaint.objects.get()
    assert (case.received_on, case.arrivals.count()) == (date(2026, 3, 8), 2)
    rows = list(case.ticket.deadlines.order_by("id").values_list("rule", "due_on"))
    assert rows[: len(due)] == due
    assert dict(rows[len(due) :])["US-CFPB-15D"] == date(2026, 3, 25)


def test_two_categories_that_fit_are_left_to_a_person(export):
    issue = "Problem with a purchase shown on your statement"
    sub = "Credit card company isn't resolving a dispute about a purchase on your statement"

    run(export({"Issue": issue, "Sub-issue": sub}))

    assert Complaint.objects.get().category == ""


def test_secrets_are_masked_before_anything_is_stored(export):
    run(export({"Consumer complaint narrative": "My card 4111 1111 1111 1111, PIN 1234."}))

    assert "4111 1111" not in Message.objects.get().body


def test_a_dry_run_counts_and_keeps_nothing(export, tmp_path):
    path = export({}, {"Complaint ID": "2", "Account": ""})
    before, files = snapshot(), list(tmp_path.iterdir())

    out, err, status = run(path, dry_run=True)

    assert out == "export.csv: 1 new, 0 known, 1 unmatched (dry run: nothing was kept)\n"
    assert (status, "since 2026-03-10" in err) == (3, True)
    assert (snapshot(), list(tmp_path.iterdir())) == (before, files)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"Complaint ID": " "}, "reference_missing"),
        ({"Complaint ID": "9" * 80}, "reference_too_long"),
        ({"Complaint ID": "4111111111111111"}, "card_number_refused"),
        ({"Date sent to company": ""}, "date_unfit"),
        ({"Date sent to company": "31/3/26"}, "date_unfit"),
        ({"Date sent to company": "3/10/0026"}, "date_unfit"),
        ({"Date sent to company": "3/22/26"}, "received_in_future"),
        ({"Consumer complaint narrative": "a\x00b"}, "text_not_clean"),
        ({"Consumer complaint narrative": "a\x1bb"}, "text_not_clean"),
    ],
)
def test_a_bad_row_keeps_the_whole_file_out_and_is_named_by_line(export, row, code):
    path = export({"Consumer complaint narrative": "two\nlines"}, {"Complaint ID": "2", **row})
    before = snapshot()

    _out, err, status = run(path)

    assert err.startswith("export.csv: line 4: ")
    assert f"[{code}]" in err
    assert err.endswith("1 refused; nothing was kept.")
    assert (status, snapshot()) == (1, before)


def test_no_message_repeats_a_cell(export):
    secret = "4111111111111111"

    _out, err, _status = run(export({"Complaint ID": secret, "Date sent to company": secret}))

    assert secret not in err


@pytest.mark.parametrize(
    ("damage", "place", "code"),
    [
        (lambda text: text + b"1,2,3\r\n", "line 3", "cells_unfit"),
        (lambda text: text + b'"open quote,,,\r\nand on\r\n', "line 3", "csv_unfit"),
        (lambda text: text + b"\xff\xfe\r\n", "line 3", "encoding_wrong"),
        (lambda text: b"", "line 1", "csv_unfit"),
        (lambda text: text.replace(b"Complaint ID", b"Complaint", 1), "line 1", "column_missing"),
        (lambda text: text.replace(b"State", b"Issue", 1), "line 1", "csv_unfit"),
        (lambda text: text + b'"' + b"x" * 200_000 + b'"\r\n', "line 3", "csv_unfit"),
        (lambda text: text + b"x" * 2_000_000, "line 3", "line_too_long"),
    ],
)
def test_files_of_real_life(export, damage, place, code):
    path = export({})
    path.write_bytes(damage(path.read_bytes()))

    _out, err, status = run(path)

    assert f"export.csv: {place}: " in err
    assert f"[{code}]" in err
    assert (status, Complaint.objects.count()) == (1, 0)


def test_a_byte_order_mark_and_old_columns_are_read(export):
    old = ["Complaint ID", "Product", "Issue", "Date sent to company", "Company", "Account"]

    out, _err, _status = run(export({}, heading=old, encoding="utf-8-sig"))

    assert out.startswith("export.csv: 1 opened")
    assert Message.objects.get().body == "Product: Credit card\nIssue: Fees or interest"


def test_the_names_of_the_regulators_api_are_read(tmp_path, account):
    path = tmp_path / "api.csv"
    path.write_text(
        "complaint_id,date_sent_to_company,complaint_what_happened,account\n"
        f"7,2026-03-10T12:00:00-05:00,Help.,{account.token}\n",
        "utf-8",
    )

    run(path)

    assert Complaint.objects.get().received_on == date(2026, 3, 10)


def test_a_row_that_names_nobody_goes_to_a_list_and_is_never_guessed(export, tmp_path, account):
    words = "=HYPERLINK() my card is 4111 1111 1111 1111"
    _out, err, status = run(
        export({"Account": "", "Consumer complaint narrative": words, "Product": "=1+1"})
    )

    assert (status, Complaint.objects.count()) == (3, 0)
    assert "since 2026-03-10" in err
    listed = next(csv.DictReader((tmp_path / "export.unmatched.csv").open(encoding="utf-8-sig")))
    assert (listed["external_ref"], listed["why"]) == ("9000001", "no reference")
    assert (listed["cardholder"], listed["product"]) == ("", "'=1+1")
    assert "4111 1111 1111 1111" not in listed["words"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"Account": "acc-of-nobody"}, "unknown account"),
        ({"Cardholder": "ch-of-nobody"}, "unknown cardholder"),
        ({"Cardholder": "other"}, "two cardholders"),
    ],
)
def test_a_reference_that_does_not_lead_to_one_person_is_listed(export, tmp_path, row, why):
    make.cardholder(external_ref="other")

    run(export(row, heading=[*HEADING, "Cardholder"]))

    listed = next(csv.DictReader((tmp_path / "export.unmatched.csv").open(encoding="utf-8-sig")))
    assert (listed["why"], Complaint.objects.count()) == (why, 0)


def test_the_list_filled_in_by_a_person_brings_the_rows_in(export, tmp_path, account):
    path, filled = export({"Account": ""}), tmp_path / "filled.csv"
    run(path)
    text = (tmp_path / "export.unmatched.csv").read_text("utf-8-sig")
    filled.write_text(text.replace("9000001,,", f"9000001,{account.cardholder.external_ref},"))

    out, _err, status = run(path, matches=filled)

    assert (out, status) == ("export.csv: 1 opened, 0 joined, 0 known, 0 unmatched\n", 0)
    assert Complaint.objects.get().ticket.cardholder == account.cardholder
    assert run(path)[0] == "export.csv: 0 opened, 0 joined, 1 known, 0 unmatched\n"


def test_a_list_that_names_our_case_joins_it(export, tmp_path, account):
    case, filled = make.complained(of=account), tmp_path / "filled.csv"
    filled.write_text(f"external_ref,cardholder,joins\n9000001,,{case.ticket.reference}\n")

    out, _err, _status = run(export({"Account": ""}), matches=filled)

    assert out == "export.csv: 0 opened, 1 joined, 0 known, 0 unmatched\n"


def test_a_list_that_is_being_filled_in_is_not_written_over(export, tmp_path):
    path, first = export({"Account": ""}), tmp_path / "export.unmatched.csv"
    first.write_text("somebody's work")

    run(path)

    assert first.read_text() == "somebody's work"
    assert (tmp_path / "export.unmatched-2.csv").exists()


def test_a_reference_of_somebody_elses_case_is_a_bad_row(export):
    run(export({}))

    _out, err, status = run(export({"Account": make.account().external_ref}))

    assert ("[external_ref_used]" in err, status) == (True, 1)


def test_what_only_the_door_refuses_is_one_row_and_the_others_stay(export):
    other = make.account().external_ref

    out, err, status = run(export({}, {"Account": other}, {"Complaint ID": "3", "Issue": "x"}))

    assert out == "export.csv: 2 opened, 0 joined, 0 known, 0 unmatched\n"
    assert err.startswith("export.csv: line 3: ")
    assert (status, err.endswith("1 refused; the others were kept.")) == (1, True)


def test_other_companies_and_answered_rows_may_be_left_out(export):
    path = export(
        {}, {"Complaint ID": "2", "Company": "Other Bank"},
        {"Complaint ID": "3", "Company response to consumer": "Closed with explanation"},
    )  # fmt: skip

    out, _err, _status = run(path, company="example bank", only_open=True)

    assert out == (
        "export.csv: 1 opened, 0 joined, 0 known, 0 unmatched, "
        "1 skipped (another company), 1 skipped (answered already)\n"
    )


def test_columns_of_ones_own_name_the_customer(export, account):
    path = export(
        {"Member no.": account.cardholder.external_ref, "Account": ""},
        heading=[*HEADING, "Member no."],
    )

    out, _err, _status = run(path, cardholder_column="member no.")

    assert out.startswith("export.csv: 1 opened")


def test_a_long_narrative_comes_in_as_several_messages(export):
    long = "\n".join(f"{number:05d} It went on and on." for number in range(1_200))

    run(export({"Consumer complaint narrative": long}))

    bodies = list(Message.objects.order_by("id").values_list("body", flat=True))
    assert len(bodies) == 2
    assert "\n".join(bodies).endswith(long)


def test_chinese_csv_with_a_mapping(tmp_path):
    holder = make.cardholder(jurisdiction="cn", time_zone="Asia/Shanghai")
    path, mapping = tmp_path / "转办.csv", tmp_path / "mapping.json"
    path.write_bytes(
        f"编号;日期;诉求;客户号;类型\nA-1;2026年03月10日;催收太多;{holder.external_ref};催收频率\n".encode(
            "gb18030"
        )
    )
    mapping.write_text(json.dumps({
        "columns": {"external_ref": "编号", "received_on": "日期", "story": ["类型", "诉求"],
                    "cardholder": "客户号", "category": "类型"},
        "same": {"body": "nfra"}, "values": {"category": {"催收频率": "collect_frequency"}},
        "dates": "%Y年%m月%d日", "delimiter": ";",
    }), "utf-8")  # fmt: skip

    out, _err, status = run(path, "csv", mapping=mapping, encoding="gb18030")

    assert (out, status) == ("转办.csv: 1 opened, 0 joined, 0 known, 0 unmatched\n", 0)
    case = Complaint.objects.get()
    assert (case.category, case.received_on) == ("collect_frequency", date(2026, 3, 10))
    assert case.arrivals.get().body == "nfra"
    assert Message.objects.get().body == "类型: 催收频率\n诉求: 催收太多"


@pytest.mark.parametrize(
    "fields",
    [
        {"columns": []},
        {"columns": {"external_ref": "No"}},
        {"columns": {"external_ref": "No", "received_on": "Date", "story": "Text", "colour": "x"}},
        {"same": {"source": 1}},
        {"values": {"category": "fee"}},
        {"delimiter": ";;"},
        {"surprise": 1},
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(tmp_path, fields):
    path = tmp_path / "rows.csv"
    path.write_text("No,Date,Text,Who\n")

    _out, err, status = run(path, "csv", mapping=mapped(tmp_path, **fields))

    assert ("[mapping_unfit]" in err, status) == (True, 1)


def test_a_mapping_of_columns_that_the_file_lacks_is_refused(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("No,Date,Text\n")

    _out, err, _status = run(path, "csv", mapping=mapped(tmp_path))

    assert "line 1: The mapping names a column that the file has not: Who." in err


def test_json_lines(tmp_path, account):
    path = tmp_path / "rows.jsonl"
    rows = [
        {"external_ref": 1, "received_at": "2026-03-10T23:30:00-04:00", "story": "Help.",
         "account": account.external_ref, "category": "fee", "hardship": True, "source": "branch"},
        {"external_ref": 2, "received_on": "2026-03-10", "story": "Help.",
         "account": account.external_ref, "payment_services": None},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    assert run(path, "jsonl")[0] == "rows.jsonl: 2 opened, 0 joined, 0 known, 0 unmatched\n"
    case = Complaint.objects.order_by("id").first()
    assert (case.received_on, case.hardship, case.ticket.source) == (
        date(2026, 3, 10), True, "branch",
    )  # fmt: skip


FIT = {"external_ref": "1", "received_on": "2026-03-10", "story": "a"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[1]", "json_unfit"),
        ("{", "json_unfit"),
        ("[" * 100_000, "json_unfit"),
        (json.dumps(FIT | {"external_ref": {"a": 1}}), "json_unfit"),
        (json.dumps(FIT | {"colour": "red"}), "field_unknown"),
        (json.dumps(FIT | {"story": "a\0"}), "text_not_clean"),
        (json.dumps(FIT | {"external_ref": "\ud800"}), "text_not_clean"),
        (json.dumps(FIT | {"story": " "}), "text_empty"),
        (json.dumps(FIT | {"hardship": "?"}), "flag_unfit"),
        (json.dumps(FIT | {"source": "A b"}), "code_unfit"),
        (json.dumps(FIT | {"body": "x" * 21}), "code_unfit"),
        (json.dumps(FIT | {"category": "weather"}), "unknown_category"),
        (json.dumps(FIT | {"complained_of_department": "kitchen"}), "bad_department"),
        (json.dumps(FIT | {"received_at": "0001-01-01T00:00:00+14:00"}), "date_unfit"),
        (json.dumps(FIT | {"received_at": "yesterday"}), "date_unfit"),
    ],
)
def test_lines_that_are_no_complaint(tmp_path, line, code):
    path = tmp_path / "rows.jsonl"
    path.write_text(f"\n{line}\n", "utf-8")

    _out, err, status = run(path, "jsonl")

    assert err.startswith("rows.jsonl: line 2: ")
    assert (f"[{code}]" in err, status) == (True, 1)


@pytest.mark.parametrize("file", ["absent.csv", "."])
def test_a_file_that_cannot_be_read_says_so(tmp_path, file):
    _out, err, status = run(tmp_path / file)

    assert ("cannot be read" in err, status) == (True, 1)


def test_more_than_fifty_bad_rows_are_counted(export):
    _out, err, _status = run(export(*({"Complaint ID": ""} for _row in range(53))))

    assert err.count("[reference_missing]") == 50
    assert "and 3 more" in err
