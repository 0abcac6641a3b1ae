"""What is played: each story, how often, how long ago it began, and about what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from config.demo import answers, claims, colleagues, recoveries
from config.demo.case import Case, Span
from config.demo.timeline import Steps

GOODS = (
    "goods_not_received", "not_as_described", "services_not_provided", "quality",
    "credit_not_processed",
)  # fmt: skip
CHARGES = ("duplicate", "wrong_amount", "paid_other_means", "cancelled_recurring")
FRAUD = ("fraud_card_absent", "fraud_lost_stolen")
CASH = ("cash_not_dispensed",)
NAMES = ("unrecognised",)
OWN = ("fee_or_interest", "payment_not_credited", "credit_record_entry")
PAPERS = ("statement_not_sent", "document_request")
ANY = (*GOODS, *CHARGES, *FRAUD, *CASH, "wrong_currency", *NAMES)
# Cases that a network's rules let us send at once, without a waiting time.
QUICK = (*CHARGES, *FRAUD)
# Disputes in which the merchant answers; in frauds under Visa's rules its bank strikes back.
ANSWERED = CHARGES
CARDS = ("visa", "mastercard")

# Parts of a matter's range of amounts: what one person may decide alone, a third of it, what
# policy credits at once, and what needs four eyes.
USUAL, THIRD, SMALL, LARGE = (0.0, 1.0), (0.0, 0.25), (-0.05, -0.03), (2.0, 4.0)

Story = Callable[[Case], Steps]


@dataclass(frozen=True)
class Act:
    """A story played ``times`` times, each begun some days ago, about one of these matters.

    ``span`` is the part of a matter's range from which its amount is taken. ``networks``:
    the account's network must be one of these, and know a code for the matter.
    """

    story: Story
    times: int
    ago: tuple[int, int]
    about: tuple[str, ...] = ANY
    span: Span = USUAL
    networks: tuple[str, ...] = ()


ACTS = (
    # What lies on the desk now.
    Act(claims.filed, 12, (0, 2)),
    Act(claims.filed, 3, (0, 2), FRAUD),
    Act(claims.phoned_in, 4, (1, 3)),
    Act(claims.filed, 5, (1, 4), PAPERS),
    Act(claims.acknowledged, 12, (3, 12)),
    Act(claims.under_investigation, 14, (7, 20)),
    Act(claims.own_error_waits, 6, (6, 16), OWN),
    Act(claims.evidence_awaited, 9, (6, 14)),
    Act(claims.approval_waits, 5, (4, 8), GOODS, LARGE),
    Act(claims.sent_back, 2, (8, 12), GOODS, LARGE),
    Act(claims.thought_again, 2, (8, 12), GOODS, LARGE),
    Act(claims.withdrawn, 4, (7, 7)),
    Act(claims.pressed_to_withdraw, 2, (6, 6)),
    Act(claims.withdrawal_undone, 3, (8, 20)),
    Act(answers.decided_just_now, 3, (7, 7), CHARGES),
    Act(colleagues.with_collections, 4, (5, 16), ("payment_not_credited", "fee_or_interest")),
    Act(answers.unreachable, 2, (12, 25), CHARGES),
    Act(claims.reversal_runs, 2, (8, 9)),
    Act(claims.reversal_stopped, 3, (14, 30)),
    Act(colleagues.department_silent, 5, (6, 15)),
    Act(colleagues.department_returns, 3, (8, 18)),
    Act(colleagues.handed_over, 5, (6, 14), NAMES),
    Act(colleagues.handed_round, 2, (9, 14), NAMES),
    Act(answers.decision_stopped, 2, (9, 15), GOODS),
    Act(answers.asserted_again, 3, (32, 50)),
    Act(claims.neglected, 5, (34, 60)),
    Act(claims.neglected_in_work, 4, (96, 140)),
    Act(claims.filed_twice, 3, (5, 20), CHARGES),
    # With the network now.
    Act(recoveries.prepared, 6, (6, 9), networks=CARDS),
    Act(recoveries.submitted, 11, (12, 24), QUICK, networks=CARDS),
    Act(recoveries.rejected_and_sent_again, 3, (14, 22), QUICK, networks=CARDS),
    Act(recoveries.represented, 7, (18, 30), ANSWERED, networks=CARDS),
    Act(recoveries.insisted, 5, (22, 34), ANSWERED, networks=CARDS),
    Act(recoveries.attacked, 4, (20, 32), FRAUD, networks=("visa",)),
    Act(recoveries.in_arbitration, 3, (36, 48), ANSWERED, networks=CARDS),
    Act(recoveries.asked_back, 3, (8, 12), QUICK, networks=CARDS),
    Act(recoveries.not_let_go, 2, (12, 20), QUICK, networks=CARDS),
    Act(recoveries.news_nobody_knows, 2, (14, 24), QUICK, networks=CARDS),
    # What was answered, over half a year.
    Act(answers.small_amount, 14, (3, 150), ("duplicate", "cancelled_recurring"), SMALL),
    Act(answers.several_charges, 6, (20, 150), ("fraud_card_absent",), THIRD),
    Act(answers.evidence_sent, 12, (22, 150)),
    Act(answers.evidence_never_sent, 6, (34, 150)),
    Act(answers.denied, 14, (20, 150)),
    Act(answers.partly_upheld, 12, (20, 150), ("wrong_amount", "quality", "not_as_described")),
    Act(answers.merchant_refunded, 12, (16, 150), (*GOODS, *CHARGES)),
    Act(answers.own_error, 14, (14, 150), OWN),
    Act(answers.written_off, 7, (14, 150)),
    Act(answers.not_a_dispute, 3, (14, 100), GOODS),
    Act(answers.large_credit, 8, (22, 150), GOODS, LARGE),
    Act(claims.withdrawn, 8, (20, 150)),
    Act(colleagues.department_answered, 6, (18, 120)),
    Act(answers.asserted_again_and_won, 4, (45, 120)),
    Act(answers.notice_too_late, 4, (20, 60)),
    Act(recoveries.won, 14, (44, 150), QUICK, networks=CARDS),
    Act(recoveries.won_by_silence, 12, (60, 150), networks=CARDS),
    Act(recoveries.won_in_part, 5, (50, 150), QUICK, networks=CARDS),
    Act(recoveries.accepted_their_answer, 7, (40, 150), GOODS, networks=CARDS),
    Act(recoveries.lost_but_paid, 6, (50, 150), QUICK, networks=CARDS),
    Act(recoveries.insisted_and_won, 5, (50, 150), ANSWERED, networks=CARDS),
    Act(recoveries.attacked_and_held, 5, (60, 150), FRAUD, networks=("visa",)),
    Act(recoveries.ruled_for_us, 3, (70, 150), ANSWERED, networks=CARDS),
    Act(recoveries.ruled_against_us, 3, (70, 150), ANSWERED, networks=CARDS),
    Act(recoveries.let_go, 4, (20, 100), QUICK, networks=CARDS),
)  # fmt: skip


def cast(share: float = 1.0) -> list[Act]:
    """One act for each case: every story at least once, each a ``share`` of its times."""
    return [act for act in ACTS for _time in range(max(1, round(act.times * share)))]
