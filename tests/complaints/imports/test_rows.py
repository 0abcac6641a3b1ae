"""What comes of a row: a case, the law's dates, one case for one matter; nothing on a dry run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from complaints.models import Arrival, Complaint
from tests import make
from tests.complaints.imports.command import NOW, run
from tests.snapshot import snapshot
from tickets.models import Deadline, Message

pytestmark = pytest.mark.django_db


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


def test_a_long_narrative_comes_in_as_several_messages(export):
    long = "\n".join(f"{number:05d} It went on and on." for number in range(1_200))

    run(export({"Consumer complaint narrative": long}))

    bodies = list(Message.objects.order_by("id").values_list("body", flat=True))
    assert len(bodies) == 2
    assert "\n".join(bodies).endswith(long)
