from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import typst

from outreach import paper, wording
from outreach.blocks import parse

AT = datetime(2026, 3, 2, tzinfo=UTC)
HOSTILE = [
    '#import "x"', "$x$ *bold* _it_ `raw` @ref <label> [a] \\ = / //", "</html><b>", "{{ 7*7 }}",
    "{% include 'x' %}", "محمد علي 12", "\u202eturned", "👩‍👧 𠮷 한글", "a\x00b",
    "# heading", "- item", "#panic()", "\ud800",
]  # fmt: skip


def _envelope(**fields: object) -> paper.Envelope:
    return paper.Envelope(
        **{
            "issuer": "Example Bank", "contact": "1 Main Street", "address": ["Ada", "Street 1"],
            "date": "2 March 2026", "reference": "D-1", "language": "en", **fields,
        }
    )  # fmt: skip


def _set(text: str, monkeypatch, **fields: object) -> tuple[bytes, list[dict]]:
    """Typeset ``text`` in every place; return the PDF and the headings that typst saw."""
    seen = {}

    def compile_(source, **options):
        seen.update(options, source=source)
        return real(source, **options)

    real = typst.compile
    monkeypatch.setattr(typst, "compile", compile_)
    letter = parse(f"Subject: S {text}\nA {text}\n# H {text}\n- {text}\n| L {text} | 1\n> {text}\n")
    pdf = paper.typeset(letter, _envelope(address=[text], **fields), at=AT)
    found = typst.query(
        seen["source"], "heading", root=seen["root"], sys_inputs=seen["sys_inputs"],
        font_paths=seen["font_paths"], ignore_system_fonts=True,
    )  # fmt: skip
    return pdf, json.loads(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text, monkeypatch):
    clean = wording.clean(text)

    pdf, headings = _set(clean, monkeypatch)

    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert [one["body"] for one in headings] == [{"func": "text", "text": f"H {clean}".strip()}]


def test_same_letter_gives_the_same_bytes():
    letter = parse("Subject: 信\n您好：“王小明”\n")

    one = paper.typeset(letter, _envelope(language="zh-hans"), at=AT)

    assert paper.typeset(letter, _envelope(language="zh-hans"), at=AT) == one


def test_only_our_font_and_the_wheels_are_used():
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[paper._FONTS]).fonts()

    ours = {font.family for font in fonts if font.path}
    assert ours == {"Recourse Letters"}


def test_pdf_embeds_our_font_for_both_scripts():
    letter = parse("Subject: Letter 信\nDear Ada, 尊敬的王小明 €£¥\n")

    pdf = paper.typeset(letter, _envelope(), at=AT)

    assert b"RecourseLetters-Regular" in pdf
    assert b"RecourseLetters-Bold" in pdf
    assert b"DejaVu" not in pdf


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Ada Łukasz Nguyễn Ωμέγα Жук €£¥₩", ""),
        ("王小明，䶮㛃 “标点”：（）", ""),
        ("𠮷田 한 囍囍", "𠮷한囍"),
        ("\u2068محمد\u2069", ""),
    ],
)
def test_unprintable_names_what_paper_cannot_show(text, lacking):
    assert paper.unprintable(text) == lacking
