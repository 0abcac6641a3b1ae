"""Chinese complaint clocks against a diary that turns one page a day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from law.cn.complaints import central_bank_clock, complaint_clock
from law.deadlines import Facts, deadlines
from tests.law.oracles.complaint import diary
from tests.law.oracles.dates import DAY

RECEIVED = st.dates(date(2020, 3, 1), date(2030, 1, 1))
AFTER = st.integers(0, 110).map(timedelta)
SEVERAL = {"max_size": 4}


def _pause(received, first, length, informed):
    begins = received + first * DAY
    return {"from": begins, "to": begins + length * DAY, "informed": informed}


@st.composite
def stories(draw, regime):
    """A complaint with what may happen to it, in any order and number."""
    received = draw(RECEIVED)
    head, steps = (
        ("approved_by_superior", [30, 60]) if regime == "cmp" else ("approved_by_head", [60])
    )
    extension = st.fixed_dictionaries({
        "to": st.sampled_from(steps), "decided": AFTER.map(lambda gap: received + gap),
        head: st.booleans(), "complainant_informed": st.booleans(),
    })  # fmt: skip
    repeat = st.fixed_dictionaries(
        {"received": AFTER.map(lambda gap: received + gap), "new_facts": st.booleans()}
    )
    pause = st.builds(
        _pause, st.just(received), st.integers(-5, 110), st.integers(0, 30), st.booleans()
    )
    lists = {"extensions": extension, "repeats": repeat, "pauses": pause}
    return received, {name: draw(st.lists(one, **SEVERAL)) for name, one in lists.items()}


@given(stories("cmp"))
@settings(max_examples=300)
def test_banking_clock_ends_on_the_diarys_day(story):
    received, happened = story
    last, total = diary("cmp", received, **happened)

    found = complaint_clock(Facts("cn", "complaint", {"received": received, **happened}))

    assert (found.deadline, found.total) == (last, total)


@given(stories("pbc"))
@settings(max_examples=300)
def test_central_bank_clock_ends_on_the_diarys_day(story):
    received, happened = story
    last, total = diary("pbc", received, **happened)
    values = {"received": received, "source": "pboc_transfer", **happened}

    found = central_bank_clock(Facts("cn", "complaint", values))

    assert (found.deadline, found.total) == (last, total)


@given(stories("cmp"))
def test_one_step_runs_and_ends_on_the_diarys_day(story):
    received, happened = story
    last, total = diary("cmp", received, **happened)

    dues, _ = deadlines(Facts("cn", "complaint", {"received": received, **happened}))

    clocks = {due.rule_id: due.due_on for due in dues if due.rule_id.startswith("CMP-")}
    assert clocks == {f"CMP-{total}": last}
