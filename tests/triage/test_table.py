import pytest

from triage.phrases import BadPhrase, compile_phrase
from triage.reading import read
from triage.table import BadTable, build, table

LISTS = {"staff": ("客服", "柜员"), "fee_en": ("late fee", "fee")}


@pytest.mark.parametrize(
    ("written", "text", "chinese"),
    [
        ("催收…骂", "催收员昨天又骂我", True),
        ("{staff}…态度", "柜员的态度", True),
        ("(没|没有)收到(任何)?货", "没有收到货", True),
        ("#期", "申请六十期", True),
        ("#期", "申请60期", True),
        ("是真的吗？", "是真的吗?", True),
        ("當時", "当时", True),
        ("don't know", "I dont  know him", False),
        ("pre-?auth", "the preauth", False),
        ("{fee_en}…refund", "late fee of 20.00 please refund", False),
        ("told…debt", "told\nthem of my debt", False),
    ],
)
def test_a_phrase_matches_what_it_says(written, text, chinese):
    phrase = compile_phrase(written, LISTS, chinese=chinese)

    assert phrase.pattern.search(read(text).text)
    assert all(any(word in read(text).text for word in group) for group in phrase.anchors)


@pytest.mark.parametrize(
    ("written", "text", "chinese"),
    [
        ("催收…骂", "催收很好。骂人的是别人", True),
        ("fee", "coffee", False),
        ("told…debt", "told. My debt", False),
        ("told…debt", "told\n\nmy debt", False),
        ("a.b", "axb", False),
    ],
)
def test_a_phrase_matches_nothing_else(written, text, chinese):
    phrase = compile_phrase(written, LISTS, chinese=chinese)

    assert not phrase.pattern.search(read(text).text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("(a", "unclosed"),
        ("a)", "unbalanced"),
        ("{nobody}", "no word list"),
        ("a{2}", "no word list"),
        ("a}", "stray brace"),
        ("x?", "nothing before"),
        ("(a)?", "no word"),
        ("…", "no word"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_refused(written, said):
    with pytest.raises(BadPhrase, match=said):
        compile_phrase(written, LISTS, chinese=False)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "a", "why": "x", "en": ["(a"]}, "a: unclosed"),
        ({"id": "a", "why": "x", "en": ["b"], "colour": "red"}, "colour"),
        ({"id": "a", "why": "x", "en": ["b"], "kind": "riot"}, "no such kind"),
        ({"id": "a", "why": "x", "en": ["b"], "not_with": ["c"]}, "no such rows: c"),
        ({"id": "a", "why": "x"}, "neither phrases"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(row, said):
    with pytest.raises(BadTable, match=said):
        build([row], {})


def test_an_id_is_used_once():
    row = {"id": "a", "why": "x", "en": ["b"]}

    with pytest.raises(BadTable, match="used twice"):
        build([row, row], {})


def test_an_exception_takes_away_only_what_it_touches():
    row = {"id": "a", "why": "x", "zh": ["想死"], "unless_zh": ["想死你"]}
    sheet = build([row], {})

    assert sheet.matches(read("想死你了")) == {}
    assert sheet.matches(read("想死你了,我想死")) == {"a": [(6, 8)]}


@pytest.mark.parametrize("row", table().rows, ids=lambda row: row.id)
def test_every_row_says_why_and_does_something(row):
    assert row.why
    assert not row.why.endswith(".")
    assert row.kind or row.flags or row.priority or "." in row.id
    assert bool(row.kind) == bool(row.weight)


def test_words_of_the_text_are_found_by_how_they_begin():
    sheet = build([{"id": "a", "why": "x", "zh": ["债", "催收"], "en": ["fee"]}], {})

    assert sheet.present("催收员讨债") == {"债", "催收"}
    assert sheet.present("a fee") == {"fee"}
    assert sheet.present("") == frozenset()
