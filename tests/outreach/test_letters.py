from __future__ import annotations

import re

import pytest

from accounts.models import Cardholder
from disputes import reasons
from outreach.checks import templates_exist
from outreach.letters import LETTERS, TEMPLATES
from outreach.models import Notice
from outreach.writing import engine
from tests.outreach import grievances
from tests.outreach.letters import WALKS, Case

LANGUAGES = ["en", "zh-hans"]
# What each letter must say, in figures and days.
SAYS = {
    ("file", "en"): ["We received your dispute on 2 March 2026.", ": $129.00", "Charged twice"],
    ("file", "zh-hans"): ["2026年3月3日收到", "人民币129.00元"],
    ("acknowledge", "en"): ["by 5 May 2026 at the latest", "never later than 90 days"],
    ("acknowledge", "zh-hans"): ["已受理", "我们最迟于2026年", "书面答复您"],
    ("ask_cardholder", "en"): [
        "by 16 March 2026", "- Order confirmation or invoice.", "> The first page is enough.",
    ],
    ("ask_cardholder", "zh-hans"): ["请最迟于2026年3月17日", "- 订单或发票。", "> The first page"],
    ("grant_credit", "en"): [
        "Credited to your card ending in 4242 on 2 March 2026: $100.00", "not final",
    ],
    ("grant_credit", "zh-hans"): ["2026年3月3日临时记入您尾号4242的信用卡账户：人民币100.00元"],
    ("announce_reversal", "en"): [
        "Taken from your card account ending in 4242 on 9 March 2026: $100.00",
        "Your dispute goes on.",
    ],
    ("announce_reversal", "zh-hans"): ["2026年3月10日从您尾号4242的信用卡账户收回：人民币100.00元"],
    ("stop_reversal", "en"): ["Still credited to your card ending in 4242: $100.00"],
    ("stop_reversal", "zh-hans"): ["尾号4242的信用卡账户中仍保留的临时入账：人民币100.00元"],
    ("reverse_credit", "en"): [
        "Taken from your card account ending in 4242 on 9 March 2026: $100.00",
    ],
    ("reverse_credit", "zh-hans"): ["2026年3月10日从您尾号4242的信用卡账户收回：人民币100.00元"],
    ("resolve_won", "en"): [
        "You disputed: $129.00", "Credited to you for good: $129.00",
        "Interest and fees on it, refunded: $3.12", "What we had lent you is now yours for good.",
    ],
    ("resolve_won", "zh-hans"): [
        "正式入账：人民币129.00元", "退还相关利息和费用：人民币3.12元", "现已转为正式入账",
    ],
    ("resolve_merchant_credited", "en"): [
        "Refunded by the merchant: $129.00", "Taken back on 9 March 2026: $129.00",
    ],
    ("resolve_merchant_credited", "zh-hans"): [
        "商户已退款：人民币129.00元", "2026年3月10日收回：人民币129.00元",
    ],
    ("resolve_partly_won", "en"): [
        "Credited to you for good: $49.00", "Not upheld, you owe: $80.00",
        "To pay by 27 March 2026: $80.00", "Write to us by 1 May 2026",
    ],
    ("resolve_partly_won", "zh-hans"): [
        "正式入账：人民币49.00元", "最迟于2026年3月28日支付：人民币80.00元",
    ],
    ("resolve_lost", "en"): [
        "- The merchant has proved that it was delivered. This rests on finding 1: “You wrote "
        "that it came”. What shows it: exhibit 1.",
        "- Exhibit 1: the message of 2 March 2026 (M-",
        "You may have a copy of each of these papers, free of charge.",
        "> The parcel was signed for.",
        "To pay by 27 March 2026: $129.00",
        "Part of it: what we had lent you and take back on 9 March 2026: $129.00",
        "Write to us by 1 May 2026",
        "consumerfinance.gov/complaint",
    ],
    ("resolve_lost", "zh-hans"): [
        "商户已证明商品或服务已经交付。依据第1项调查结果：“You wrote that it came”；证据见附件1。",
        "- 附件1：2026年3月3日的留言（M-",
        "您可以免费索取上述每份材料的副本",
        "最迟于2026年3月28日支付：人民币129.00元",
        "请最迟于2026年5月2日写信",
        "12378",
    ],
    ("resolve_invalid", "en"): ["cannot treat", "exhibit 1", "To pay by 27 March 2026: $129.00"],
    ("resolve_invalid", "zh-hans"): ["无法作为账务争议处理", "附件1", "人民币129.00元"],
    ("withdraw", "en"): ["It takes effect on 5 March 2026.", "I know the charge now"],
    ("withdraw", "zh-hans"): ["该申请将于2026年3月6日生效", "已认出该交易"],
    ("undo_withdrawal", "en"): ["We go on with your dispute of 2 March 2026"],
    ("undo_withdrawal", "zh-hans"): ["继续处理您于2026年3月3日提出的争议"],
    ("recall_failed", "en"): ["Your withdrawal takes longer"],
    ("recall_failed", "zh-hans"): ["卡组织不再允许撤回"],
    ("confirm_withdrawal", "en"): [
        "Withdrawn by you, you owe: $129.00", "Taken back on 12 March 2026: $129.00",
        "write to us by 4 May 2026",
    ],
    ("confirm_withdrawal", "zh-hans"): ["您已撤回，由您支付：人民币129.00元"],
    ("reassert", "en"): ["We received your objection on 4 March 2026", "only as disputed"],
    ("reassert", "zh-hans"): ["我们已于2026年3月5日收到您的异议"],
    ("credit_late", "en"): ["Credited to your card ending in 4242 for good: $129.00"],
    ("credit_late", "zh-hans"): ["正式记入您尾号4242的信用卡账户：129.00美元"],
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", WALKS)
def test_letter_tells_what_happened(letter, language, mailoutbox):
    case = WALKS[letter](Case(language))

    notice = case.letter()

    assert (notice.letter, notice.state, notice.language) == (letter, "sent", language)
    reference = case.row.ticket.reference
    assert reference in notice.subject + notice.body
    for words in SAYS[letter, language]:
        assert words in f"{notice.subject}\n{notice.body}"
    assert mailoutbox[-1].body == notice.body
    assert "{" not in notice.body


def test_every_letter_has_its_walk():
    names = {name for letter in LETTERS.values() for name in letter.names}

    assert names == {*WALKS, *grievances.WALKS}
    assert templates_exist() == []


def test_missing_template_is_a_system_error(monkeypatch, tmp_path):
    monkeypatch.setattr("outreach.checks.TEMPLATES", tmp_path)

    errors = templates_exist()

    assert len(errors) == 2 * (len(WALKS) + len(grievances.WALKS))
    assert "acknowledge is missing in zh_Hans" in " ".join(error.msg for error in errors)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.txt")), ids=lambda path: path.name)
def test_no_line_of_a_template_begins_with_what_people_wrote(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        spoken = re.sub(r"{%.*?%}", "", line).lstrip()
        assert not spoken.startswith("{{") or path.name == "ground.txt", line


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_the_same_templates(language):
    english = {path.name for path in (TEMPLATES / "en").iterdir()}

    assert {path.name for path in (TEMPLATES / "zh_Hans").iterdir()} == english
    for name in english:
        engine(language).get_template(name)


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_every_ground_of_denial_has_words_for_the_cardholder(locale):
    words = (TEMPLATES / locale / "ground.txt").read_text(encoding="utf-8")

    assert [code for code in reasons.DENIAL_REASONS if f'"{code}"' not in words] == []


def test_every_language_of_a_cardholder_has_a_folder():
    assert sorted(Cardholder.Language.values) == LANGUAGES


@pytest.mark.django_db
def test_small_claim_gets_the_answer_and_no_receipt(mailoutbox):
    case = Case("en", minor=1_200)

    case.letter()

    assert [mail.subject.partition(",")[0] for mail in mailoutbox] == [
        "Your dispute is decided for you"
    ]
    assert "The amount is small" in mailoutbox[0].body
    states = dict(Notice.objects.values_list("letter", "state"))
    assert states == {"file": "cancelled", "resolve_won": "sent"}


@pytest.mark.django_db
def test_several_transactions_are_told_apart():
    case = Case("en", items=2)

    body = case.decide("partly_won", 4_900).letter().body

    assert "Transaction 1: Shoes & Co" in body
    assert "- Transaction 2: The merchant has proved" in body
    assert body.count("Exhibit 1:") == 1
    assert "To pay by 27 March 2026: $160.00" in body
