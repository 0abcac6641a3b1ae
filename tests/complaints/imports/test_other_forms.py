"""Files of other senders: CSV in their own columns with a mapping, and JSON lines."""

from __future__ import annotations

import json
from datetime import date

import pytest

from complaints.models import Complaint
from tests import make
from tests.complaints.imports.command import run
from tickets.models import Message

pytestmark = pytest.mark.django_db


def mapped(tmp_path, **fields):
    path = tmp_path / "mapping.json"
    columns = {"external_ref": "No", "received_on": "Date", "story": "Text", "cardholder": "Who"}
    path.write_text(json.dumps({"columns": columns, **fields}), "utf-8")
    return path


def test_chinese_csv_with_a_mapping(tmp_path):
    holder = make.cardholder(jurisdiction="cn")
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
