"""The lists: whole, in two languages, and saying how sure they are."""

from __future__ import annotations

import re

import pytest

from complaints import remedies, taxonomy
from complaints.taxonomy import CATEGORIES, REDRESS, ROOT_CAUSE_GROUPS, ROOT_CAUSES
from kernel.errors import Unfit
from law.deadlines import rules
from tickets.departments import DEPARTMENTS

_CHINESE = re.compile("[\u4e00-\u9fff]")
SURE = {"certain", "high", "medium", "low", "read", "second_hand", "memory", "own"}


def test_how_many_there_are():
    assert (len(CATEGORIES), len(ROOT_CAUSES), len(REDRESS)) == (51, 37, 20)


@pytest.mark.parametrize("table", [CATEGORIES, ROOT_CAUSES, REDRESS, remedies.REMEDIES], ids=len)
def test_each_row_has_words_in_both_languages(table):
    for row in table.values():
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", row.code)
        assert row.en
        assert _CHINESE.search(row.zh)


def test_a_root_cause_has_two_levels():
    assert {row.group for row in ROOT_CAUSES.values()} == set(ROOT_CAUSE_GROUPS)
    assert ROOT_CAUSES["people.mistake"].label("en") == "People: Slip"
    assert ROOT_CAUSES["people.mistake"].label("zh-hans") == "人员：操作失误"


def test_each_category_is_known_to_a_department_and_to_each_return():
    for row in CATEGORIES.values():
        assert row.asks in DEPARTMENTS
        assert row.cfpb
        assert row.fca_cause.startswith("fca_")
        assert _CHINESE.search(row.jrt0169_c)


@pytest.mark.parametrize("name", ["categories", "root_causes", "redress"])
def test_each_file_says_how_sure_it_is(name):
    told = taxonomy.load(name)

    assert {told["confidence"], *told.get("crosswalk_confidence", {}).values()} <= SURE


@pytest.mark.parametrize("place", ["us", "gb", "eu", "au", "ca", "sg", "hk", "in", "cn", "xx"])
def test_each_place_has_a_way_on_outside_the_house(place):
    outside = remedies.outside(place)

    assert len(outside) >= 2
    assert set(remedies.of(place)) - set(outside) <= remedies.REVIEWS


def test_dates_of_remedies_come_from_rules_that_there_are():
    known = {rule.id for rule in rules()}

    assert {row.rule for row in remedies.REMEDIES.values() if row.rule} <= known
    assert all(row.confidence in SURE for row in remedies.REMEDIES.values())


def test_the_sentence_of_a_remedy_has_its_day_where_one_is_known():
    row = remedies.REMEDIES["gb_ombudsman"]

    assert "by 2 May 2026" in row.sentence("en", "2 May 2026")
    assert "six months" not in row.sentence("en", "")
    assert "最迟于2026年5月2日" in row.sentence("zh-hans", "2026年5月2日")


def test_an_unknown_code_is_refused_in_words():
    with pytest.raises(Unfit, match="Choose"):
        taxonomy.check(CATEGORIES, "x", "category", "Choose one.")
