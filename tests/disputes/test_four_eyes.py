"""Four eyes: above the limit a second person decides, and only on what the first one saw."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disputes import services
from disputes.models import Dispute
from kernel import actors
from kernel.errors import NotAllowed, Stale
from ledger.models import Transfer
from tests import make
from tests.disputes.moment import NOW
from tests.disputes.money import decide, lend
from tickets import messages
from tickets.models import Approval

pytestmark = pytest.mark.django_db


def proposal(minor: int = 60_000) -> tuple[Dispute, object]:
    case, finance = make.dispute("investigating", minor=minor), make.clerk()
    return decide(case, make.won(case), by=finance), finance


def test_above_the_limit_a_second_person_decides_in_both_names():
    case, finance = proposal()
    lead = make.clerk("lead")
    assert (case.state, case.proposed, Transfer.objects.count()) == ("investigating", "resolve", 0)

    case = services.approve(case, actor=lead, at=NOW)

    decision = case.decisions.get()
    assert (case.state, case.outcome, case.proposed) == ("resolving", "won", "")
    assert (decision.decided_by, decision.approved_by) == (finance.ref, lead.ref)


def test_at_the_limit_one_person_is_enough():
    case = make.dispute("investigating", minor=50_000)

    assert decide(case, make.won(case)).state == "resolving"


def test_a_currency_without_a_limit_always_needs_two(settings):
    settings.FOUR_EYES_ABOVE = {}
    case = make.dispute("investigating")

    assert decide(case, make.won(case)).proposed == "resolve"


def test_the_proposer_never_approves():
    case, at = make.dispute("investigating", minor=60_000), NOW
    both = make.clerk("finance", "lead")
    case = decide(case, make.won(case), by=both)

    with pytest.raises(NotAllowed) as refusal:
        services.approve(case, actor=both, at=at)

    assert refusal.value.code == "same_person"
    assert Approval.objects.get().state == "proposed"


def test_what_changed_since_the_proposal_must_be_looked_at_again():
    case, _finance = proposal()
    make_word(case)

    with pytest.raises(Stale) as refusal:
        services.approve(case, actor=make.clerk("lead"), at=NOW)

    assert refusal.value.code == "changed_since_proposal"


def make_word(case: Dispute) -> None:
    messages.write(
        case.ticket, direction="in", body="I found the slip.", at=NOW,
        actor=actors.cardholder(case.ticket.cardholder),
    )  # fmt: skip


def test_a_recalled_proposal_is_gone_and_only_its_maker_recalls():
    case, finance = proposal()
    with pytest.raises(NotAllowed):
        services.recall(case, actor=make.clerk("finance"), at=NOW)

    case = services.recall(case, actor=finance, at=NOW)

    assert (case.proposed, Approval.objects.get().state) == ("", "recalled")
    assert decide(case, make.won(case), by=finance).proposed == "resolve"


def test_a_large_credit_is_lent_by_two():
    case = lend(make.dispute("investigating", minor=60_000), minor=55_000)
    assert (case.proposed, Transfer.objects.count()) == ("grant_credit", 0)

    services.approve(case, actor=make.clerk("lead"), at=NOW)

    assert case.items.get().lent_minor == 55_000


def test_a_claim_not_taken_at_all_needs_a_second_person():
    case = make.dispute("investigating")
    answer = make.lost(case)
    verdict = replace(answer.verdicts[0], outcome="invalid")

    case = decide(case, replace(answer, basis="not_a_notice", verdicts=[verdict]))

    assert case.proposed == "resolve"
