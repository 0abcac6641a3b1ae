"""What is expected of messages, and how often triage agrees: figures as reached, not as wished."""

from pathlib import Path

import pytest

from accounts.redaction import redact
from triage.agreement import JUDGED, Agreement, judge
from triage.samples import BadSamples, read

DATA = Path(__file__).parent / "data"


def _mask(text):
    redacted = redact(text)
    return redacted.text, len(redacted.kinds)


def _judged(name):
    return judge(read((DATA / name).read_text(encoding="utf-8")), _mask)


def test_all_messages_that_were_given_agree():
    found = _judged("messages.json")

    assert {name: found.agreed[name] for name in JUDGED} == dict.fromkeys(JUDGED, 41)
    assert {name: found.asked[name] for name in JUDGED} == dict.fromkeys(JUDGED, 41)
    for name in ("secondary_kinds", "subtype", "assist"):
        assert found.agreed[name] == 41
    assert (found.agreed["figures"], found.asked["figures"]) == (18, 21)


def test_all_messages_that_we_wrote_ourselves_agree():
    found = _judged("own.json")

    assert [miss for miss in found.misses if miss.about in JUDGED] == []
    assert found.asked["kind"] == 300
    assert found.asked["safety"] == 300


def test_a_miss_says_which_words_led_there():
    sample = '[{"text": "请帮我催收打人", "kind": "complaint", "flags": []},\n'
    sample += (
        '{"id": "b", "text": "我想自杀", "kind": "complaint", "flags": [], "priority": "low"}]'
    )

    misses = [miss for miss in judge(read(sample), _mask).misses if miss.sample == "b"]

    assert [miss.about for miss in misses] == ["kind", "priority", "flags", "safety"]
    assert {one.words for one in misses[2].because} == {"自杀"}


@pytest.mark.parametrize(
    ("text", "raw", "agrees"),
    [
        ("卡号6212345678901232", "6212345678901232", 1),
        ("nothing here", "", 1),
        ("order 1234567890123456", "1234567890123456", 0),
        ("order 1234 5678 9012 3456", "1234567890123456", 0),
    ],
)
def test_masking_agrees_when_nothing_personal_is_left(text, raw, agrees):
    pii = f'[{{"raw": "{raw}"}}]' if raw else "[]"

    found = judge(read(f'[{{"text": "{text}", "kind": "enquiry", "pii": {pii}}}]'), _mask)

    assert found.agreed["masking"] == agrees


def test_masking_too_much_is_a_miss():
    found = judge(read('[{"text": "call 13800138000", "kind": "enquiry", "pii": []}]'), _mask)

    assert found.misses[-1].got == "1 masked"


def test_requirements_name_what_is_short():
    found = Agreement()
    found.agreed["kind"] = 37

    assert found.short_of({"kind": 38}) == ["kind"]
    assert found.short_of({"kind": 37}) == []


@pytest.mark.parametrize("form", ['{"samples": [%s]}', "[%s]", "%s\n%s", "\ufeff%s"])
def test_three_forms_are_read(form):
    one = '{"text": "hello", "kind": "enquiry", "received_at": "2026-11-20T09:00:00+08:00"}'

    samples = read(form.replace("%s", one))

    assert samples[0].text == "hello"
    assert samples[0].received_at.year == 2026


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no JSON"),
        ("{\n{", "neither JSON nor JSON lines"),
        ("[]", "no list of samples"),
        ("3", "no list of samples"),
        ('{"samples": 3}', "no list of samples"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"kind": "enquiry"}]', "sample 1 has no text"),
        ('[{"text": "x", "kind": "riot"}]', "kind is none of"),
        ('[{"text": "x", "kind": "enquiry", "priority": "soon"}]', "priority is none of"),
        ('[{"text": "x", "kind": "enquiry", "flags": "rtl"}]', "flags is no list of words"),
        ('[{"text": "x", "kind": "enquiry", "pii": "x"}]', "pii is no list"),
        ('[{"text": "x", "kind": "enquiry", "received_at": "soon"}]', "received_at is no instant"),
    ],
)
def test_a_bad_file_gives_one_sentence(text, said):
    with pytest.raises(BadSamples, match=said):
        read(text)
