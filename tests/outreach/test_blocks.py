from __future__ import annotations

import pytest

from outreach.blocks import Block, parse

RENDERED = """Subject: We write to you

Dear Ada,

This goes
on.
# Money
| Lent | now | $1.00
| Owed | $2.00

- first
  goes on
- second
> quoted
> twice
"""


def test_parse_knows_each_kind_of_line():
    letter = parse(RENDERED)

    assert letter.subject == "We write to you"
    assert letter.blocks == (
        Block("paragraph", "Dear Ada,"),
        Block("paragraph", "This goes on."),
        Block("heading", "Money"),
        Block("row", "Lent | now", "$1.00"),
        Block("row", "Owed", "$2.00"),
        Block("item", "first goes on"),
        Block("item", "second"),
        Block("quote", "quoted"),
        Block("quote", "twice"),
    )


def test_plain_text_reads_like_a_letter():
    assert parse(RENDERED).plain() == (
        "Dear Ada,\n\nThis goes on.\n\nMoney\nLent | now: $1.00\nOwed: $2.00\n\n"
        "- first goes on\n- second\n\n> quoted\n> twice\n"
    )


def test_figures_join_neighbouring_rows_and_quotations():
    assert parse(RENDERED).figures()[3:] == [
        {"kind": "row", "lines": [["Lent | now", "$1.00"], ["Owed", "$2.00"]]},
        {"kind": "item", "text": "first goes on"},
        {"kind": "item", "text": "second"},
        {"kind": "quote", "lines": [["quoted", ""], ["twice", ""]]},
    ]


def test_chinese_lines_join_without_a_space():
    letter = parse("Subject: 信\n一\n二\n| 金额 | 1元\n", joiner="", colon="：")

    assert letter.plain() == "一二\n\n金额：1元\n"


@pytest.mark.parametrize("rendered", ["Dear Ada,\n", "Subject: \n\nText", ""])
def test_letter_without_subject_is_no_letter(rendered):
    with pytest.raises(ValueError, match="begins with its subject"):
        parse(rendered)
