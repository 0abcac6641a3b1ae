"""Returns: exact numbers, the cases behind each of them, and files that compute nothing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from complaints import services
from complaints.models import Complaint, Redress
from complaints.returns import PROFILES, Span, count
from complaints.returns.counting import Cell
from kernel import actors
from tests import make
from tests.complaints.walk import Walk

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def british(**fields):
    holder = make.cardholder(jurisdiction="gb")
    return make.account(holder, **fields)


def number(found, measure, by="total", code="total", currency=""):
    return found.numbers[Cell(measure, by, code, currency)]


def export(code="disp", first="2026-01-01", last="2026-03-31", **options):
    """Press the command's button; the return as rows of cells."""
    out = io.StringIO()
    call_command("export_return", code, f"--from={first}", f"--to={last}", stdout=out, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_an_empty_return_is_a_return_of_zeros():
    rows = export()

    assert {row["measure"]: row["number"] for row in rows} == dict.fromkeys(
        ["open_at_start", "opened", "closed", "open_at_end", "upheld", "late_cases", "late_dates",
         "redress_paid", "redress_lines"], "0",
    )  # fmt: skip


def test_what_was_opened_and_what_is_still_open():
    make.complained(of=british(), category="fee", source="branch", at=NOW - timedelta(days=100))
    make.complained(of=british(product="Gold"), category="fee", at=NOW - timedelta(days=20))

    found = count(PROFILES["disp"], QUARTER, NOW)

    assert [number(found, one) for one in ("open_at_start", "opened", "closed", "open_at_end")] == [
        1, 1, 0, 2,
    ]  # fmt: skip
    assert number(found, "opened", "product", "Gold") == 1
    assert number(found, "opened", "source", "app") == 1
    assert number(found, "open_at_end", "fca_cause", "fca_sums") == 2
    assert number(found, "open_at_end", "age", "over_56_days") == 1


def test_an_answer_counts_when_its_letter_leaves_with_outcome_cause_and_money():
    make.complaint("responding", of=british())
    make.complaint("responded", of=british())

    found = count(PROFILES["disp"], QUARTER, NOW)

    assert (number(found, "closed"), number(found, "open_at_end")) == (1, 1)
    assert number(found, "upheld", "category", "collect_hours") == 1
    assert number(found, "closed", "root_cause", "third_party.agency") == 1
    assert number(found, "closed", "root_cause_group", "third_party") == 1
    assert number(found, "closed", "age", "within_3_business_days") == 1
    assert number(found, "redress_paid", currency="GBP") == 2_500
    assert number(found, "redress_paid", "kind", "distress_inconvenience", "GBP") == 2_500
    assert number(found, "redress_lines") == 2
    assert Cell("redress_paid", "total", "total") not in found.numbers


def test_currencies_are_never_mixed():
    make.complaint("responded", of=british())
    holder = make.cardholder(jurisdiction="gb")
    make.complaint("responded", of=make.account(holder, currency="EUR"))

    found = count(PROFILES["disp"], QUARTER, NOW)

    assert found.total("redress_paid", "GBP") == found.total("redress_paid", "EUR") == 2_500


def test_a_review_does_not_move_the_day_of_the_answer():
    case = make.complaint("under_review", of=british())
    later = NOW + timedelta(days=40)
    case = services.decide_review(
        case, actor=make.clerk("lead"), at=later,
        draft=make.drafted(case, redress=[("goodwill", 100)], refund_on=later.date()),
    )  # fmt: skip
    services.letter_left(case, at=later)

    found = count(PROFILES["disp"], QUARTER, later)
    after = count(PROFILES["disp"], Span(date(2026, 4, 1), date(2026, 6, 30)), later)

    assert (number(found, "closed"), found.total("redress_paid", "GBP")) == (1, 2_500)
    assert (number(after, "closed"), after.total("redress_paid", "GBP")) == (0, 100)


def test_the_day_is_the_complainants_own():
    at = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)  # 1 April in Shanghai
    holder = make.cardholder(jurisdiction="cn")
    make.complained(of=make.account(holder), at=at)

    assert number(count(PROFILES["cn-quarterly"], QUARTER, at), "opened") == 0


def test_a_date_of_law_that_was_missed_counts_in_the_period_of_its_day():
    case = make.complained(of=british(), at=NOW - timedelta(days=70))
    due = case.ticket.deadlines.get(rule="UK-DISP-1.6.2-8W").due_on
    assert due == date(2026, 3, 6)

    found = count(PROFILES["disp"], QUARTER, NOW)
    before = count(PROFILES["disp"], Span(date(2026, 1, 1), date(2026, 3, 5)), NOW)

    assert number(found, "late_dates", "rule", "UK-DISP-1.6.2-8W") == 1
    assert number(found, "late_cases", "department", "customer_service") == 1
    assert number(before, "late_cases") == 0


def test_a_late_answer_is_late_for_ever():
    case = make.complained(of=british(), at=NOW - timedelta(days=70))
    worker = make.clerk("customer_service")
    case = services.investigate(case, actor=worker, at=NOW)
    case = services.draft_decision(case, actor=worker, at=NOW, draft=make.drafted(case))
    case = services.respond(case, actor=make.clerk("lead"), at=NOW)
    services.letter_left(case, at=NOW)

    found = count(PROFILES["disp"], QUARTER, NOW)

    assert (number(found, "late_cases"), number(found, "closed")) == (1, 1)
    assert number(found, "closed", "age", "over_56_days") == 1


def test_withdrawn_complaints_are_counted():
    make.complaint("withdrawn", of=british())

    found = count(PROFILES["disp"], QUARTER, NOW)

    assert number(found, "closed", "outcome", "withdrawn") == 1
    assert number(found, "closed", "root_cause", "not_said") == 1


def test_the_bureaus_return_counts_from_its_own_sending_and_once():
    case = make.complained(at=NOW - timedelta(days=100))
    for ref in ("1", "2"):
        services.receive(
            case.ticket.cardholder,
            make.grievance(
                joins=case.ticket.reference, source="regulator", body="cfpb", external_ref=ref
            ),
            actor=actors.SYSTEM, at=NOW,
        )  # fmt: skip
    make.complained()

    found = count(PROFILES["cfpb"], QUARTER, NOW)

    assert (number(found, "opened"), number(found, "open_at_start")) == (1, 0)


def test_the_bureaus_words_for_how_it_was_closed():
    account = make.account()
    row = {"of": account, "source": "regulator", "body": "cfpb"}
    make.complaint("responded", **row, external_ref="1", joins="")
    make.complaint("responded", **row, external_ref="2", draft={"redress": [("apology", 0)]})
    make.complaint("responded", **row, external_ref="3", draft={"redress": [("points", 0)]})

    found = count(PROFILES["cfpb"], QUARTER, NOW)

    assert {
        cell.code: total for cell, total in found.numbers.items() if cell.by == "company_response"
    } == {
        "Closed with monetary relief": 1,
        "Closed with explanation": 1,
        "Closed with non-monetary relief": 1,
    }
    assert number(found, "closed", "cfpb_issue", "Communication tactics") == 3


def test_duplicates_are_counted_once():
    account = british()
    one, two = make.complained(of=account), make.complained(of=account)
    from tickets import services as tickets

    tickets.mark_duplicate(two.ticket, actor=make.clerk("lead"), at=NOW, of=one.ticket)

    assert number(count(PROFILES["disp"], QUARTER, NOW), "opened") == 1


@pytest.mark.parametrize("seed", range(2))
def test_each_number_is_the_sum_of_its_cases_whatever_was_done(seed, tmp_path):
    for turn in range(4):
        walk = Walk(seed * 10 + turn, NOW - timedelta(days=60))
        for _step in range(40):
            walk.step()
    for code in PROFILES:
        path = tmp_path / f"{code}.csv"
        rows = export(code, last="2026-12-31", cases=path)
        listed = Counter()
        for row in csv.DictReader(path.open(encoding="utf-8-sig")):
            key = (row["measure"], row["by"], row["code"], row["currency"])
            listed[key] += int(row["number"])
        told = {
            (row["measure"], row["by"], row["code"], row["currency"]): int(row["number"])
            for row in rows
        }
        assert {key: total for key, total in told.items() if total} == dict(listed)
        _divisions_add_up(told)


def _divisions_add_up(told):
    divided = {"product", "department", "category", "cfpb_issue", "fca_cause", "jrt0169_c"}
    sums = Counter()
    for (measure, by, _code, currency), total in told.items():
        if by in divided:
            sums[measure, by, currency] += total
    for (measure, _by, currency), total in sums.items():
        assert total == told[measure, "total", "total", currency]


def test_the_cases_behind_a_number_are_those_of_the_case_list(tmp_path):
    for state in ("received", "drafted", "responded", "withdrawn", "referred"):
        make.complaint(state, of=british())
    make.complaint("responded")
    path = tmp_path / "cases.csv"
    export(cases=path)

    rows = [row for row in csv.DictReader(path.open(encoding="utf-8-sig")) if row["by"] == "total"]

    def behind(measure):
        return {row["case"] for row in rows if row["measure"] == measure}

    ours = Complaint.objects.filter(ticket__jurisdiction="gb")
    ended = ours.filter(state__in=["responded", "referred", "withdrawn"])
    assert behind("opened") == set(ours.values_list("ticket__reference", flat=True))
    assert behind("closed") == set(ended.values_list("ticket__reference", flat=True))
    assert behind("open_at_end") == behind("opened") - behind("closed")
    paid = sum(int(row["number"]) for row in rows if row["measure"] == "redress_paid")
    lines = Redress.objects.filter(complaint__in=ours, posted_at__isnull=False)
    assert paid == sum(lines.values_list("amount_minor", flat=True)) == 5_000


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\ufeff=", "＝"])
def test_no_cell_is_a_formula(start):
    make.complained(of=british(product=f"{start}cmd|' /C calc'!A0"))

    products = {row["code"] for row in export() if row["by"] == "product"}

    assert products == {f"'{start}cmd|' /C calc'!A0"}


def test_words_are_in_the_language_of_the_return():
    holder = make.cardholder(jurisdiction="cn")
    make.complained(of=make.account(holder), category="collect_frequency")

    rows = {row["by"]: row for row in export("cn-quarterly") if row["measure"] == "opened"}

    assert rows["category"]["words"] == "催收频次过高"
    assert rows["jrt0169_c"]["code"] == "债务催收"


def test_files_are_written_and_the_period_must_not_end_before_it_begins(tmp_path):
    out = tmp_path / "return.csv"

    assert export(out=out) == []
    assert out.read_bytes().startswith(b"\xef\xbb\xbfreturn,from,to,measure")
    with pytest.raises(CommandError, match="ends before it begins"):
        export(first="2026-04-01")
    with pytest.raises(CommandError, match="cannot be written"):
        export(out=tmp_path / "absent" / "return.csv")


@pytest.mark.parametrize("cases", [1, 4])
def test_more_cases_ask_no_more_queries(cases, django_assert_num_queries):
    for _case in range(cases):
        make.complaint("responded", of=british())

    with django_assert_num_queries(5):
        count(PROFILES["disp"], QUARTER, NOW)
