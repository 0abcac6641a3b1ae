"""Whose complaint it is: never guessed; what names nobody waits in a list for a person."""

from __future__ import annotations

import csv

import pytest

from complaints.models import Complaint
from tests import make
from tests.complaints.imports.command import HEADING, run

pytestmark = pytest.mark.django_db


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


def test_columns_of_ones_own_name_the_customer(export, account):
    path = export(
        {"Member no.": account.cardholder.external_ref, "Account": ""},
        heading=[*HEADING, "Member no."],
    )

    out, _err, _status = run(path, cardholder_column="member no.")

    assert out.startswith("export.csv: 1 opened")
