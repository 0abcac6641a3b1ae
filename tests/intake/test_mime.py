"""Reading never breaks, however a mail is broken: it is read, or said to be unreadable."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import mime
from intake.mime import charsets, html_text
from tests.intake.mails import CORPUS, eml

MAILS = [path.read_bytes()[:6000] for path in sorted(CORPUS.iterdir())]
BREAKING = [
    b"\x00",
    b"\r\n\r\n",
    b"=?utf-8?B?",
    b"<",
    b"@,;:",
    b"\xff\xfe",
    b"--a",
    b"(",
    b'"',
    b"*0*=",
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(MAILS), st.data())
def test_a_damaged_mail_is_read_or_refused_in_words(content, data):
    for _blow in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        gone = data.draw(st.integers(0, 12))
        what = data.draw(st.one_of(st.sampled_from(BREAKING), st.binary(max_size=6)))
        content = content[:at] + what + content[at + gone :]

    with contextlib.suppress(mime.Unreadable):
        mail = mime.read(content)
        assert "\x00" not in mail.text + mail.subject
        (mail.text + mail.subject).encode()
    mime.identity(content)


@pytest.mark.parametrize(
    "start",
    ["<!--", "<a ", "<", "<![CDATA[", "<p a=", "<?", "</", "<!", "<script>", "<a href='x", "&#"],
)
@pytest.mark.parametrize("end", ["", ">", "-->"])
def test_markup_without_ends_costs_no_time(start, end):
    markup, begun = start * (100_000 // len(start)) + end, time.process_time()

    html_text.to_text(markup)

    assert time.process_time() - begun < 5


@pytest.mark.parametrize("depth", [30, 5_000])
def test_nesting_without_end_is_refused(depth):
    heads = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(depth)
    )

    with pytest.raises(mime.Unreadable):
        mime.read(b"From: a@b.example\n" + heads)


@pytest.mark.parametrize(
    ("label", "content", "text"),
    [
        ("GB2312", "朱镕基".encode("gbk"), "朱镕基"),
        ("utf-8", b"caf\xe9", "caf\ufffd"),
        ("us-ascii", "Grüße".encode(), "Grüße"),
        ("iso-8859-1", b"\x80 5", "€ 5"),
        ("windows-1252", "é".encode(), "Ã©"),
        ("gb2312", "Grüße".encode() + b"\xff", "Gr眉脽e\ufffd"),
        ("rot13", b"uryyb", "uryyb"),
        ("", "Grüße".encode("latin-1"), "Grüße"),
        ("hz-gb-2312", b"~{VPND~}", "中文"),
    ],
)
def test_labels_mean_what_real_mail_means_by_them(label, content, text):
    assert charsets.decode(content, label) == text


def test_an_address_that_is_only_a_name_is_none():
    mail = mime.read(eml(sender='"bank@bank.example" <not an address>'))

    assert mail.senders == ()


def test_an_attachment_of_text_is_a_file_and_no_words():
    body = (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=a\n\n--a\n"
        b"Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nfile\n--a\n"
        b"\nwords\n--a--\n"
    )

    mail = mime.read(body)

    assert (mail.text, [(one.name, one.content) for one in mail.files]) == (
        "words", [("a.txt", b"file")],
    )  # fmt: skip
