"""Awkward mail, one file each, and what becomes of it. Nothing is lost and nothing acts."""

from __future__ import annotations

import pytest

from intake import services
from intake.models import RawMessage
from tests import make
from tests.intake.mails import CORPUS, STORY, ada, take
from tickets.models import Message

pytestmark = pytest.mark.django_db(transaction=True)

# A mail that opens a case: words that stand in its message, and the files that it keeps.
CASES: dict[str, tuple[str, list[str]]] = {
    "auto_submitted_no": (STORY, []),
    "big5": ("投訴\n\n你們的催收員半夜打電話給我，我要投訴。", []),
    "boundary_missing": (STORY, []),
    "boundary_never_closed": (STORY, []),
    "broken_base64": ("I want to complain", []),
    "broken_headers": (STORY, []),
    "broken_quoted_printable": (STORY + " =ZZ =4", []),
    "calendar": (STORY, []),
    "card_number": ("Card [card ••••1111]", []),
    "chinese_without_label": ("你们的催收员半夜给我打电话，我要投诉。", []),
    "crlf_and_long_lines": (STORY + " xxx", []),
    "empty_with_subject": ("I want to complain about your collector\n\n(No text.)", []),
    "enclosed_mail": (STORY, ["mail-1.txt"]),
    "encoded_word_broken": ("=?utf-8?B?5?=", []),
    "encoded_words_glued": ("投诉 card投诉", []),
    "file_name_turned_around": (STORY, ["fdp.slip.pdf"]),
    "file_that_lies": (STORY, []),
    "foreign_in_reply_to": (STORY, []),
    "fraud_in_progress": ("still not blocked", []),
    "future_date": (STORY, []),
    "gb18030_subject": ("催收投诉：朱镕基㐂\n\n你们的催收员半夜给我打电话，我要投诉。㐂𠮷", []),
    "gbk_8bit": ("你们的催收员半夜给我打电话，我要投诉。", []),
    "html_fuller_than_plain": ("It was the third time in one week.", []),
    "html_only": ("See my order <https://shop.example/x> & this.\n\n- one\n- two", []),
    "html_unclosed_comments": (STORY, []),
    "html_unclosed_script": (STORY, []),
    "iso_2022_jp": ("苦情を申し上げます。夜中に電話がありました。", []),
    "nested_multipart": (STORY, ["part-1.png", "statement.pdf"]),
    "no_date": (STORY, []),
    "no_message_id": (STORY + " (no id)", []),
    "no_text_only_a_file": ("(No text; see the files.)", ["letter.pdf"]),
    "nonsense_date": (STORY, []),
    "nul_bytes": (STORY, []),
    "plain": ("Your collector\n\n" + STORY, []),
    "python_codec_as_charset": (STORY + r" \x41\u0000", []),
    "question": ("What are your opening hours?", []),
    "raw_gbk_subject": ("投诉催收\n\n你们的催收员", []),
    "reference_in_subject_alone": (STORY, []),
    "right_to_left": ("tnuocca ym\n\nאני רוצה להגיש תלונה. 4111 abc I complain.", []),
    "sender_in_capitals": (STORY, []),
    "template_and_orders": ("{{ settings.SECRET_KEY }} {% load x %} Ignore all rules", []),
    "unknown_charset": (STORY + " Ünd so weiter.", []),
    "unknown_transfer_encoding": (STORY, []),
    "very_long_text": ("[The rest is in the file beside this message.]", ["whole-text.txt"]),
    "windows_1251": ("Жалоба: ваш сотрудник звонил ночью.", []),
    "windows_1252": ("I paid € 50 twice – that is “wrong”.", []),
    "winmail_dat": (STORY, []),
    "zip_bomb": (STORY, []),
}
# A file that no case keeps stays in the raw mail; a note says so.
LEFT = {
    "calendar": "meet.ics", "file_that_lies": "me.jpg", "winmail_dat": "winmail.dat",
    "zip_bomb": "proof.zip",
}  # fmt: skip
QUARANTINED = {
    "empty": "empty",
    "forged_reply": "forged_reply",
    "header_without_colon_first": "no_sender",
    "no_sender": "no_sender",
    "not_a_mail": "no_sender",
    "nothing_at_all": "no_sender",
    "sender_in_the_name": "unknown_sender",
    "shared_address": "shared_address",
    "too_deep": "too_many_parts",
    "too_many_parts": "too_many_parts",
    "two_senders": "several_senders",
    "unknown_sender": "unknown_sender",
    "utf7_body": "charset_refused",
    "utf7_subject": "charset_refused",
}
REFUSED = {
    "delivery_report_of_unknown": "undelivered",
    "empty_return_path": "automatic",
    "exchange_suppress": "automatic",
    "mailer_daemon": "automatic",
    "mailing_list": "automatic",
    "our_own_mail": "own",
    "out_of_office": "automatic",
    "precedence_bulk": "automatic",
}


def mail(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


def test_each_mail_of_the_corpus_has_its_line():
    assert sorted([*CASES, *QUARANTINED, *REFUSED]) == sorted(p.stem for p in CORPUS.iterdir())
    assert len([*CASES, *QUARANTINED, *REFUSED]) >= 40


@pytest.mark.parametrize("name", CASES)
def test_mail_that_opens_a_case(name):
    holder = ada()
    words, files = CASES[name]

    row = take(mail(name))

    assert (row.state, row.outcome, row.ticket.cardholder) == ("taken", "case", holder)
    assert row.ticket.kind == ("enquiry" if name == "question" else "complaint")
    assert words in row.message.body
    assert "\x00" not in row.message.body
    assert "4111 1111 1111 1111" not in row.message.body
    assert [one.name for one in row.ticket.attachments.all()] == files
    notes = Message.objects.filter(ticket=row.ticket, direction="note")
    assert [LEFT[name] in note.body for note in notes] == ([True] if name in LEFT else [])
    assert services.reconcile().differences == ()


@pytest.mark.parametrize(("name", "why"), [*QUARANTINED.items(), *REFUSED.items()])
def test_mail_that_opens_none(name, why):
    ada()
    for _twin in range(2):
        make.cardholder(email="family@mail.example")

    row = take(mail(name))

    wanted = "quarantined" if name in QUARANTINED else "refused"
    assert (row.state, row.why, row.ticket) == (wanted, why, None)
    assert Message.objects.count() == 0
    assert services.reconcile().differences == ()


def test_the_whole_corpus_twice_loses_nothing():
    holder = ada()
    make.account(holder)

    for path in sorted(CORPUS.iterdir()) * 2:
        take(path.read_bytes())

    balance, count = services.reconcile(), len(list(CORPUS.iterdir()))
    assert balance.differences == ()
    assert balance.came == 2 * count
    assert balance.became["duplicates"] == count
    # Nobody sends forty complaints within an hour: what is over the budget waits for a person.
    assert balance.became["cases"] == 10
    assert RawMessage.objects.filter(why="too_many").exists()


def test_an_enclosed_mail_is_masked_too():
    ada()

    row = take(mail("enclosed_mail"))

    kept = row.ticket.attachments.get().file.read().decode()
    assert "collector@agency.example" in kept
    assert "4111" not in kept


def test_what_cannot_wait_alerts_the_lead():
    ada()

    row = take(mail("fraud_in_progress"))

    assert row.ticket.alert == "mail cannot wait: card_not_blocked"
