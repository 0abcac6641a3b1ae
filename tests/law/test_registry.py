"""The folder is the registry: what every rule must say, and how a new file is found."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import law
from law import book, places, registry
from law.deadlines import Facts, deadlines
from law.registry import by_id, jurisdictions, rule, rules

ALL = rules()
LAW = Path(law.__file__).parent
NATURES = ("deadline", "window", "wait", "prohibition", "verdict", "duty")
BINDS = ("issuer", "customer", "network", "merchant", "regulator", "collector", "adviser")
KINDS = {
    "dispute", "complaint", "hardship", "enquiry",
    "contact", "plan", "payment", "notice", "account", "record",
}  # fmt: skip
NEW_PLACE = """
NAME_EN, NAME_ZH, CALENDAR, ZONE = "Freedonia", "自由国", "CAL", "Europe/London"
"""
NEW_RULE = """
from law.rule import Rule
def answer(facts, trace):
    return trace.days(trace.start(facts.day("received"), "received", "收到"), 7)
RULES = (Rule("ZZ-7D", "answer", "Answer", "答复", "Act 1", "Within 7 days.", "7日内。",
              "statutory", "certain", ("complaint",), "received", answer),)
"""


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_every_rule_says_what_a_reader_needs(one):
    assert one.name_en
    assert any("一" <= sign <= "鿿" for sign in one.name_zh)
    assert any("一" <= sign <= "鿿" for sign in one.text_zh)
    assert one.text.endswith(".")
    assert one.citation
    assert one.severity in ("statutory", "network", "self_regulatory", "internal")
    assert one.confidence in ("certain", "high", "medium", "low", "policy")
    assert one.nature in NATURES
    assert one.binds in BINDS
    assert set(one.kinds) <= KINDS
    assert one.version == "2026-11"


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_unsure_rules_ship_switched_off(one):
    unsure = one.confidence in ("medium", "low") or one.binds == "regulator"

    assert one.enabled is not unsure


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_deadlines_say_what_ends_them(one):
    assert one.ends or one.nature not in ("deadline", "window")


def test_only_the_houses_own_targets_pause():
    own = {one.id for one in ALL if one.id.startswith(("POL-", "RET-POLICY"))}

    assert {one.id for one in ALL if one.pausable} == own
    assert {"POL-ACK-1WD", "POL-SAFETY-HOLD", "POL-UK-ACK-5BD", "RET-POLICY"} <= own


def test_policy_is_never_called_law():
    assert [one.id for one in ALL if one.confidence == "policy" and not one.pausable] == []


def test_rule_that_is_off_runs_only_when_named():
    facts = Facts("us", "dispute", {"network": "mastercard", "represented_on": date(2026, 6, 25)})

    off = {due.rule_id for due in deadlines(facts)[0]}
    on = {due.rule_id for due in deadlines(facts, enabled={"NET-MC-PREARB-45D"})[0]}

    assert off == set()
    assert on == {"NET-MC-PREARB-45D"}


def test_unionpay_is_off_altogether():
    assert {one.enabled for one in by_id().values() if "-UP" in one.id} == {False}


def test_networks_and_house_are_no_jurisdictions():
    held = {
        page.parent.name
        for page in LAW.glob("*/__init__.py")
        if "NAME_EN" in page.read_text("utf-8")
    }

    assert jurisdictions() == sorted(held - {"networks", "house"})
    assert {"au", "ca", "cn", "eu", "gb", "hk", "in", "nz", "sg", "us"} <= set(jurisdictions())
    assert rule("POL-ACK-1WD") in rules("house")
    assert rules("atlantis") == []


def test_jurisdiction_without_rules_says_so():
    facts = Facts("atlantis", "complaint", {"received": date(2026, 3, 2)})

    dues, unknown = deadlines(facts, calendar="CAL")

    assert [due.rule_id for due in dues] == ["POL-ACK-1WD"]
    assert unknown[0].why == (
        'No rules are loaded for the jurisdiction "atlantis"; '
        f"there are rules for {', '.join(jurisdictions())}."
    )


@pytest.fixture
def found_anew(tmp_path, monkeypatch):
    """A place for new folders of rules, looked at as if the program had just started."""
    caches = (places.places, registry.by_place, registry.by_id, registry.applying)

    def forget():
        for cached in caches:
            cached.cache_clear()

    monkeypatch.setattr(law, "__path__", [*law.__path__, str(tmp_path)])
    (tmp_path / "zz").mkdir()
    (tmp_path / "zz" / "__init__.py").write_text(NEW_PLACE, encoding="utf-8")
    (tmp_path / "zz" / "act.py").write_text(NEW_RULE, encoding="utf-8")
    forget()
    yield tmp_path / "zz"
    for name in [name for name in sys.modules if name.startswith("law.zz")]:
        del sys.modules[name]
    forget()


@pytest.mark.usefixtures("found_anew")
def test_new_jurisdiction_is_one_folder():
    dues, unknown = deadlines(Facts("zz", "complaint", {"received": date(2026, 3, 2)}))

    assert {due.rule_id: due.due_on for due in dues}["ZZ-7D"] == date(2026, 3, 9)
    assert unknown == []


def test_two_rules_with_one_id_are_refused(found_anew):
    (found_anew / "copy.py").write_text(NEW_RULE, encoding="utf-8")

    with pytest.raises(ValueError, match="same id: ZZ-7D"):
        registry.by_place()


def test_book_lists_every_rule_and_calendar():
    page = book.markdown()

    assert not [one.id for one in ALL if f"| `{one.id}` |" not in page]
    assert page.count("**off**") == sum(not one.enabled for one in ALL)
    assert "| `CN` |" in page


def test_law_runs_without_django():
    script = "import sys, law.book, law.worked.report as _; law.book.markdown(); "
    script += "print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert done.stdout.strip() == b"False"
