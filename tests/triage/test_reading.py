import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.language import language, right_to_left
from triage.reading import read


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("臺灣催收電話", "台湾催收电话"),
        ("妳著急", "你着急"),
        ("ＡＢＣ１２３", "abc123"),
        ("a\u200bb\u00adc\0d\ud800e", "abcde"),
        ("I’m “here”", 'i\'m "here"'),
        ("退款①次", "退款1次"),
        ("㍿", "株式会社"),
    ],
)
def test_what_looks_alike_is_read_alike(text, seen):
    assert read(text).text == seen


@given(st.text())
def test_each_sign_of_the_reading_knows_its_place(text):
    for reading in (read(text), read(text).tight, read(text).once):
        for place in range(len(reading.text)):
            start, end = reading.span(place, place + 1)
            assert 0 <= start < end <= len(text)


def test_signs_between_chinese_characters_are_taken_out():
    reading = read("想 自·杀 now ok")

    assert reading.tight.text == "想自杀 now ok"
    assert reading.tight.span(1, 3) == (2, 5)
    assert read("no gaps").tight.text == "no gaps"


def test_who_repeats_himself_is_read_once():
    reading = read("\u200b" + "欠款一万。" * 1_000 + "请核实。").once

    assert reading.text == "欠款一万。请核实。"
    assert reading.span(5, 8) == (5_001, 5_004)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Where is my refund?", "en"),
        ("我的退款在哪里?", "zh-hans"),
        ("我的退款在哪裡?請協助", "zh-hant"),
        ("我的 refund 没收到 please check", "mixed"),
        ("商户叫DIGI*GAMES,金额USD 299.00,请帮我查一下这两笔交易", "zh-hans"),
        ("أريد تقديم شكوى", "mixed"),
        ("", ""),
        ("😡 123", ""),
    ],
)
def test_a_text_is_in_one_language(text, code):
    assert language(text) == code


def test_right_to_left_is_seen():
    assert right_to_left("please شكراً")
    assert not right_to_left("谢谢 thanks")
