"""Whole files: bad rows named by their line, damaged files, and files of other years."""

from __future__ import annotations

from datetime import date

import pytest

from complaints.models import Complaint
from tests.complaints.imports.command import run
from tests.snapshot import snapshot
from tickets.models import Message

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("file", ["absent.csv", "."])
def test_a_file_that_cannot_be_read_says_so(tmp_path, file):
    _out, err, status = run(tmp_path / file)

    assert ("cannot be read" in err, status) == (True, 1)


def test_more_than_fifty_bad_rows_are_counted(export):
    _out, err, _status = run(export(*({"Complaint ID": ""} for _row in range(53))))

    assert err.count("[reference_missing]") == 50
    assert "and 3 more" in err
