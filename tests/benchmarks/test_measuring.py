from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import report
from benchmarks.database import DEFAULT, Database, Refused
from benchmarks.processes import spent
from benchmarks.report import Figures
from benchmarks.scenarios import SCENARIOS, UNIT


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk@db.bank.example:5432/recourse",
        "postgresql://desk@10.0.0.7/recourse",
        "sqlite:////var/recourse.sqlite3",
        "postgresql:///recourse",
    ],
)
def test_only_postgresql_on_this_machine_is_written_to(monkeypatch, url):
    monkeypatch.setenv("RECOURSE_DATABASE_URL", url)

    with pytest.raises(Refused, match="must name PostgreSQL"):
        Database.chosen()


def test_a_seed_has_a_database_of_its_own_beside_the_one_that_is_named(monkeypatch):
    monkeypatch.delenv("RECOURSE_DATABASE_URL", raising=False)

    assert Database.chosen().url == DEFAULT
    assert Database.chosen().seed(10_000).name == "recourse_bench_10000"


def figures(count: int, *, web: float, database: float) -> Figures:
    return Figures(
        seconds=2.0, web_seconds=web, database_seconds=database,
        latencies=[float(number) for number in range(1, count + 1)],
    )  # fmt: skip


def run(cost: float) -> dict[str, Figures]:
    found = {one.code: figures(100, web=cost, database=0.0) for one in SCENARIOS}
    found[UNIT.code] = figures(100, web=0.1, database=0.1)
    return found


def test_costs_are_microseconds_of_both_sides_for_each_request():
    found = figures(100, web=0.3, database=0.1)

    assert (found.web, found.database, found.cost) == (3_000, 1_000, 4_000)
    assert [found.percentile(share) for share in (0.5, 0.95, 0.99)] == [51.0, 96.0, 100.0]


def test_the_table_counts_in_units_and_marks_what_missed_its_aim():
    lines = report.table(10_000, run(0.7)).splitlines()

    by_title = {line[:34].strip(): line[34:] for line in lines}
    assert by_title["file a dispute"].endswith("3.50  ≤ 4.5 ok")
    assert by_title["read a case"].endswith("3.50  ≤ 2.8 MISSED")


def test_growth_measures_the_largest_seed_by_the_smallest():
    lines = report.growth({10_000: run(0.5), 100_000: run(0.65)}).splitlines()

    assert lines[1] == "100,000 cases measured by 10,000 (aim ≤ 1.2)"
    assert "1.30  MISSED" in lines[3]
    assert report.growth({10_000: run(0.5)}) == ""


def test_a_wrong_answer_is_told_and_not_averaged_away():
    found = run(0.5)
    found["file"].wrong, found["file"].example = Counter({"409": 3}), '{"code":"x"}'

    assert report.problems({10_000: found}) == [
        '10,000 cases, file: {\'409\': 3} of 100, such as {"code":"x"}'
    ]


def test_a_backend_that_began_meanwhile_has_spent_all_that_it_has():
    assert spent({1: 2.0, 2: 5.0}, {1: 2.5, 3: 0.25}) == 0.75
