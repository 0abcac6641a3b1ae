"""HTML, templates, markup and steering characters in every text that a letter can hold."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from disputes import services
from disputes.models import NetworkEvent
from outreach import services as outreach
from outreach.models import Notice
from tests import make
from tests.outreach.letters import NOON, Case
from tickets.models import Attachment

HOSTILE = "#import \"x\" $x$ *b* </html><script> {{ 7*191919191 }} {% now 'Y' %} | - # محمد"
SHOWN = f"\u2068{HOSTILE}\u2069"

pytestmark = pytest.mark.django_db


def _case(channel: str) -> Case:
    """A lost claim whose every foreign text is hostile."""
    case = Case("en")
    holder = case.row.ticket.cardholder
    holder.name, holder.postal_address = HOSTILE, f"{HOSTILE}\n# {HOSTILE}"
    holder.preferred_channel = channel
    holder.save()
    charge = case.row.items.get().transaction
    charge.merchant_name = HOSTILE
    charge.save()
    files = Attachment.objects.create(
        ticket=case.row.ticket, ref="F-1", file="x", name=HOSTILE, media_type="text/plain",
        size_bytes=1, sha256="0", actor_kind="cardholder", actor_ref="c", at=NOON,
    )  # fmt: skip
    findings = [
        services.find(
            case.row, actor=case.finance, at=case.at, statement=HOSTILE, exhibit=exhibit
        ).number
        for exhibit in (f"attachment:{files.ref}", f"transaction:{charge.external_ref}")
    ]
    answer = services.Answer(
        "no_error",
        [
            services.Verdict(
                1,
                "lost",
                grounds=[("as_described", findings[0]), ("benefit_received", findings[1])],
            )
        ],
        f"{HOSTILE}\n# {HOSTILE}\nSubject: {HOSTILE}",
    )
    return case.press("resolve", answer=answer)


def test_every_text_field_stays_text_in_an_email(mailoutbox):
    body = _case("email").letter().body

    assert f"Dear {SHOWN}," in body
    assert f"Transaction: {SHOWN}, " in body
    assert f"“{SHOWN}”" in body
    assert f"the file “{SHOWN}” of 2 March 2026 (F-1)" in body
    assert f"our record of the transaction {SHOWN}, " in body
    assert f"> {SHOWN}\n> \u2068# {HOSTILE}\u2069\n> \u2068Subject: {HOSTILE}\u2069" in body
    assert "1343434337" not in body
    parsed = message_from_bytes(mailoutbox[-1].message().as_bytes(), policy=policy.default)
    assert parsed.get_content_type() == "text/plain"
    assert parsed.get_content().rstrip() == body.rstrip()


def test_every_text_field_stays_text_on_paper(settings):
    notice = _case("post").letter()

    assert notice.state == "sent"
    pdf = settings.POST_SPOOL / f"{notice.ref}.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_words_of_a_request_are_quoted_line_by_line():
    case = Case("en")
    text = f"{HOSTILE}\n\n- one\n# two\n| a | $9.00"

    body = case.press("ask_cardholder", evidence=["receipt"], text=text).letter().body

    assert f"> {SHOWN}\n> - one\n> # two\n> | a | $9.00\n" in body


def test_network_news_may_be_an_exhibit():
    leg = make.leg("submitted")
    news = NetworkEvent.objects.create(
        network="visa", event_id="E-1", network_reference="n", leg=leg, kind="x", version=1,
        occurred_at=NOON, status="applied", received_at=NOON, words=HOSTILE,
    )  # fmt: skip
    row = leg.item.dispute
    finding = services.find(
        row,
        actor=make.clerk(),
        at=NOON,
        statement="It says so.",
        exhibit=f"network_event:{news.event_id}",
    )
    verdict = services.Verdict(1, "lost", grounds=[("correct_amount", finding.number)])
    services.resolve(
        row, actor=make.clerk(), at=timezone.now(),
        answer=services.Answer("no_error", [verdict], "So it is."),
    )  # fmt: skip

    outreach.deliver(timezone.now())

    body = Notice.objects.get(letter="resolve_lost").body
    assert "- Exhibit 1: the news from the card network Visa of 2 March 2026 (E-1)\n" in body


def test_paper_letter_with_signs_no_font_has_alerts_the_lead(settings):
    case = Case("en")
    holder = case.row.ticket.cardholder
    holder.name, holder.preferred_channel = "𠮷田 囍", "post"
    holder.save()

    notice = case.letter()

    assert (notice.state, notice.unprintable) == ("sent", "𠮷囍")
    assert case.row.ticket.alert == f"letter {notice.ref} has characters that paper cannot show"


@pytest.mark.parametrize("text", ["\u202e" * 50, "👩‍👧" * 60, "\x07a\x0b", "a" * 200])
def test_odd_names_never_stop_a_letter(text):
    holder = make.cardholder(name=text, preferred_channel="post")
    make.filed(holder, at=NOON)

    outreach.deliver(NOON)

    assert Notice.objects.get().state == "sent"
