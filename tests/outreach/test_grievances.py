"""Letters about complaints: what each says, in both languages, and what follows when it leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ledger.models import Transfer
from outreach.models import Notice
from tests.outreach.grievances import PLACE, WALKS, Grievance
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans"]
HOSTILE = "#import \"x\" $x$ *b* </html><script> {{ 7*191919191 }} {% now 'Y' %} | - # محمد"
SHOWN = f"\u2068{HOSTILE}\u2069"
# What each letter must say, in figures and days.
SAYS = {
    ("complaint_receive", "en"): [
        "We received your complaint on 2 March 2026.", "eight weeks", "by 27 April 2026",
        "What it is about: Contact at forbidden hours.",
    ],
    ("complaint_receive", "zh-hans"): ["2026年3月3日收到您的投诉", "最迟于2026年3月18日书面答复"],
    ("complaint_acknowledge", "en"): [
        "The time limit that applies to your complaint is eight weeks", "by 27 April 2026",
    ],
    ("complaint_acknowledge", "zh-hans"): ["予以受理", "最迟于2026年3月18日书面答复"],
    ("complaint_extend", "en"): [
        "> The agency has not sent the recording yet.", "We expect to answer by 20 March 2026.",
        "until 22 April 2026 at the latest", "Financial Ombudsman Service",
    ],
    ("complaint_extend", "zh-hans"): [
        "预计于2026年3月20日前答复", "最迟不超过2026年4月2日", "12378",
    ],
    ("complaint_respond_upheld", "en"): [
        "“A call at midnight”: you are right.", "> The call log shows a call at 00:14.",
        "> No call may come at night.", "We pay you £25.00.", "by 7 March 2026", "- Apology.",
        "by 2 September 2026", "Please do so by 1 May 2026.",
    ],
    ("complaint_respond_upheld", "zh-hans"): [
        "投诉成立", "退付人民币25.00元", "最迟于2026年3月7日", "最迟于2026年4月2日提出", "核查",
        "调解", "仲裁", "诉讼",
    ],
    ("complaint_respond_partly_upheld", "en"): [
        "You are right in part.", "“The agency”: we do not agree.", "Refund of a fee: £12.50",
        "In all: £20.00",
    ],
    ("complaint_respond_partly_upheld", "zh-hans"): ["部分成立", "合计：人民币20.00元"],
    ("complaint_respond_not_upheld", "en"): [
        "do not agree", "Nothing is refunded: the amount is zero.", "Exchange Tower",
    ],
    ("complaint_respond_not_upheld", "zh-hans"): ["投诉不成立", "退款金额为零"],
    ("complaint_summary_resolve", "en"): [
        "You made a complaint on 2 March 2026.", "we now treat your complaint as resolved",
        "you may go to the Ombudsman", "www.financial-ombudsman.org.uk", "£25.00",
    ],
    ("complaint_summary_resolve", "zh-hans"): ["现已接受", "25.00英镑", "2026年9月2日"],
    ("complaint_request_review", "en"): [
        "You asked us on 4 March 2026", "had no part in the first answer",
    ],
    ("complaint_request_review", "zh-hans"): ["最迟不超过2026年4月4日"],
    ("complaint_decide_review", "en"): [
        "We stay with our answer.", "What we gave you before stays yours: £25.00.",
        "by 4 September 2026",
    ],
    ("complaint_decide_review", "zh-hans"): ["维持原处理决定", "已给付的人民币25.00元"],
    ("complaint_withdraw", "en"): ["you told us that you withdraw", "the amount is zero"],
    ("complaint_withdraw", "zh-hans"): ["撤回投诉", "退款金额为零"],
    ("complaint_reopen", "en"): ["Since 4 March 2026", "eight weeks", "by 29 April 2026"],
    ("complaint_reopen", "zh-hans"): ["自2026年3月5日起", "最迟于2026年3月20日书面答复"],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", WALKS)
def test_letter_tells_what_happened(letter, language, mailoutbox):
    case = WALKS[letter](Grievance(language, **PLACE.get((letter, language), {})))

    notice = case.letter()

    assert (notice.letter, notice.state, notice.language) == (letter, "sent", language)
    assert case.row.ticket.reference in notice.subject + notice.body
    for words in SAYS[letter, language]:
        assert words in f"{notice.subject}\n{notice.body}"
    assert mailoutbox[-1].body == notice.body
    assert "{" not in notice.body


@pytest.mark.parametrize("letter", WALKS)
def test_every_letter_becomes_paper(letter, settings):
    case = Grievance("zh-hans", **PLACE.get((letter, "zh-hans"), {}))
    holder = case.row.ticket.cardholder
    holder.preferred_channel = "post"
    holder.save()

    notice = WALKS[letter](case).letter()

    assert (notice.letter, notice.state, notice.unprintable) == (letter, "sent", "")
    assert (settings.POST_SPOOL / f"{notice.ref}.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("us", ["consumerfinance.gov/complaint", "(855) 411-2372"]),
        ("gb", ["www.financial-ombudsman.org.uk", "within six months", "by 2 September 2026"]),
        ("eu", ["FIN-NET"]),
        ("au", ["www.afca.org.au", "1800 931 678"]),
        ("ca", ["www.obsi.ca"]),
        ("sg", ["www.fidrec.com.sg"]),
        ("hk", ["www.hkma.gov.hk", "www.fdrc.org.hk"]),
        ("in", ["cms.rbi.org.in", "14448", "Do so by 30 September 2026."]),
        ("cn", ["12378", "by 2 April 2026", "mediat", "arbitration", "court"]),
        ("nz", ["supervisory or conciliation body"]),
    ],
)
def test_an_answer_names_the_way_on_where_the_complainant_lives(place, words):
    at = datetime(2026, 7, 2, 17, tzinfo=UTC) if place == "in" else None
    case = Grievance("en", place, **({"at": at} if at else {}))

    body = case.answer().letter().body

    assert [word for word in words if word not in body] == []
    others = {"consumerfinance", "financial-ombudsman", "afca.org", "obsi.ca", "fidrec", "12378"}
    assert sum(other in body for other in others) <= 1


def test_payment_complaints_are_told_their_own_limit():
    body = Grievance("en", payment_services=True).press("acknowledge").letter().body

    assert "15 business days from the day we received it: 23 March 2026" in body
    assert "35 business days" in body


def test_every_text_stays_text():
    case = Grievance("en")
    holder = case.row.ticket.cardholder
    holder.name = HOSTILE
    holder.save()
    points = [(HOSTILE, "upheld")]

    body = case.answer(found=f"{HOSTILE}\n# {HOSTILE}", basis=HOSTILE, points=points).letter().body

    assert f"Dear {SHOWN}," in body
    assert f"- “{SHOWN}”: you are right." in body
    assert f"> {SHOWN}\n> \u2068# {HOSTILE}\u2069\n" in body
    assert "1343434337" not in body


def test_the_date_is_met_when_the_letter_leaves_and_the_money_moves_then():
    case = Grievance("zh-hans").answer()
    assert Deadline.objects.get(ticket=case.row.ticket, rule="CMP-15").state == "running"

    case.later(3).letter()

    met = Deadline.objects.get(ticket=case.row.ticket, rule="CMP-15")
    assert (met.state, met.met_at) == ("met", case.at)
    assert Transfer.objects.get().at == case.at
    assert (case.row.state, case.row.ticket.state) == ("responded", "resolved")


def test_an_extension_counts_when_its_letter_leaves():
    case = WALKS["complaint_extend"](Grievance("zh-hans"))
    assert Ticket.objects.get(pk=case.row.ticket_id).next_due_rule != "CMP-30"

    case.letter()

    rows = dict(Deadline.objects.filter(key="respond").values_list("rule", "state"))
    assert rows == {"CMP-15": "ended", "CMP-30": "running"}


def test_at_eight_weeks_the_letter_that_says_why_not_is_what_was_owed():
    case = Grievance("en").press("investigate").later(50)
    case.press("extend", because="The court file is missing.", expected_on=date(2026, 5, 20))

    body = case.letter().body

    assert "We expect to answer by 20 May 2026." in body
    assert "The law gives us" not in body
    assert Deadline.objects.get(rule="UK-DISP-1.6.2-8W").state == "met"


def test_an_extension_that_the_answer_has_overtaken_does_not_leave():
    case = WALKS["complaint_extend"](Grievance("zh-hans"))
    case.press("draft_decision", draft=case.draft()).press("respond", case.lead)

    case.letter()

    assert Notice.objects.get(letter="complaint_extend").state == "cancelled"
    assert case.row.extensions.get().told_on is None


def test_what_is_settled_at_once_gets_no_receipt():
    WALKS["complaint_summary_resolve"](Grievance("en")).letter()

    states = dict(Notice.objects.values_list("letter", "state"))
    assert states == {"complaint_receive": "cancelled", "complaint_summary_resolve": "sent"}
    assert Deadline.objects.get(rule="UK-DISP-1.5-3BD").state == "met"
    assert Deadline.objects.get(rule="UK-DISP-1.6.2-8W").state == "met"


def test_after_a_review_the_ombudsmans_six_months_begin_once_more():
    case = Grievance("en")
    WALKS["complaint_decide_review"](case).letter()

    rows = Deadline.objects.filter(rule="UK-DISP-2.8.2-FOS-6M").order_by("due_on")

    assert list(rows.values_list("subject", "due_on")) == [
        ("", date(2026, 9, 2)), ("review", date(2026, 9, 4)),
    ]  # fmt: skip


def test_a_letter_to_somebody_without_an_address_moves_nothing():
    case = Grievance("en")
    holder = case.row.ticket.cardholder
    holder.email = holder.postal_address = ""
    holder.save()

    case.answer().letter()

    assert case.row.state == "responding"
    assert Transfer.objects.count() == 0
    holder.email = "ada@mail.example"
    holder.save()
    case.later(1).letter()
    assert case.row.state == "responded"
