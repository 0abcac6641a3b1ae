"""Regulation Z, 12 CFR 1026.12, and TILA 161(e): who bears how much, as amounts in US cents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from law.facts import BadFact, Facts, MissingFact
from law.rule import Rule, Term
from law.trace import Trace
from law.us.accounts import on_credit

FIFTY_DOLLARS = 50_00
HUNDRED_MILES = 100
WHY = {
    "no_attempt": ("no honest attempt to settle with the merchant", "未善意尝试与商户协商"),
    "not_over_50": ("the purchase does not exceed $50", "消费金额未超过50美元"),
    "place": ("another state and more than 100 miles away", "不在同州且超过100英里"),
}


def liability(*, before_notification: int, conditions_met: bool) -> int:
    """Return what the cardholder owes for unauthorised use, in cents.

    12 CFR 1026.12(b)(1)(ii), 15 USC 1643: the lesser of $50 and the value obtained before the
    issuer was notified. Use after notification never counts. (b)(2): nothing is owed unless the
    card was accepted, liability was notified, and there is a means to identify the user.

    Raises:
        ValueError: the value is negative.
    """
    if before_notification < 0:
        raise ValueError("the value obtained cannot be negative")
    return min(FIFTY_DOLLARS, before_notification) if conditions_met else 0


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether a claim against the merchant holds against the issuer, up to how many cents."""

    passes: bool
    why: str  # "", no_attempt, not_over_50, place
    amount_minor: int


def claims_and_defences(
    *,
    amount: int,
    outstanding: int,
    tried_merchant: bool,
    same_state: bool,
    miles: int,
    merchant_is_issuer: bool = False,
) -> Claim:
    """Test a claim or defence against the merchant, asserted against the issuer; cents.

    12 CFR 1026.12(c), 15 USC 1666i. The cardholder has tried in good faith to settle with the
    merchant; the purchase exceeds $50; it was made in the cardholder's state or within 100
    miles. The last two fall away when the merchant is the issuer, is controlled by it, is its
    franchisee, or sold through the issuer's own mailing. Limited to what was outstanding for
    the purchase at first notice. No 60-day limit.
    """
    why = ""
    if not tried_merchant:
        why = "no_attempt"
    elif not merchant_is_issuer and amount <= FIFTY_DOLLARS:
        why = "not_over_50"
    elif not merchant_is_issuer and not same_state and miles > HUNDRED_MILES:
        why = "place"
    return Claim(not why, why, 0 if why else min(amount, outstanding))


def forfeiture(*, disputed: int, finance_charges: int) -> int:
    """Return what the issuer forfeits for breaking 15 USC 1666 or 1666a, in cents.

    15 USC 1666(e), TILA 161(e): the disputed amount and its finance charges, at most $50, even
    where the bill was right.
    """
    return min(FIFTY_DOLLARS, disputed + finance_charges)


def _asked_about(name: str) -> partial[bool]:
    return partial(_has, name)


def _has(name: str, facts: Facts) -> bool:
    return on_credit(facts) and facts.has(name)


def _start(facts: Facts, trace: Trace, name: str, en: str, zh: str) -> None:
    """Name the day where it is known; the amounts are the same on any day."""
    day = facts.day_or_none(name)
    if day is not None:
        trace.start(day, en, zh)


def unauthorised_use(facts: Facts, trace: Trace) -> Term:
    """1026.12(b) on the facts of a case."""
    _start(facts, trace, "notice_received", "issuer notified", "通知发卡银行")
    before = facts.number("unauthorised_before_minor", "the value obtained before notification")
    if not facts.has("liability_conditions_met"):
        raise MissingFact(
            "liability_conditions_met",
            "whether the card was accepted, liability notified and the user identifiable",
        )
    met = facts.flag("liability_conditions_met")
    try:
        owed = liability(before_notification=before, conditions_met=met)
    except ValueError:
        raise BadFact("unauthorised_before_minor", f"is {before}: give cents, 0 or more") from None
    trace.say(
        f"obtained before notification: {before} cents; later use does not count",
        f"通知前被使用{before}美分；其后的使用不计",
    )
    trace.say(
        f"conditions of (b)(2) {'met' if met else 'not met'}: at most {owed} cents",
        f"{'符合' if met else '不符合'}(b)(2)的条件：最多{owed}美分",
    )
    return Term(verdict=f"owes_at_most_{owed}", amount_minor=owed)


def claim_on_merchant(facts: Facts, trace: Trace) -> Term:
    """1026.12(c) on the facts of a case."""
    _start(facts, trace, "notice_received", "claim first notified", "首次提出主张")
    claim = claims_and_defences(
        amount=facts.number("amount_minor", "the amount of the purchase"),
        outstanding=facts.number("outstanding_minor", "what was unpaid of it at first notice"),
        tried_merchant=facts.flag("tried_merchant"),
        same_state=facts.flag("same_state"),
        miles=_miles(facts),
        merchant_is_issuer=facts.flag("merchant_is_issuer"),
    )
    if claim.passes:
        trace.say(
            f"the claim holds against the issuer up to {claim.amount_minor} cents",
            f"可向发卡机构主张，以{claim.amount_minor}美分为限",
        )
        return Term(verdict="passes", amount_minor=claim.amount_minor)
    trace.say(
        f"the claim does not hold against the issuer: {WHY[claim.why][0]}",
        f"不得向发卡机构主张：{WHY[claim.why][1]}",
    )
    return Term(verdict=f"fails:{claim.why}", amount_minor=0)


def _miles(facts: Facts) -> int:
    """The distance matters only between states, and only where the merchant is another firm."""
    if facts.flag("same_state") or facts.flag("merchant_is_issuer"):
        return 0
    return facts.number("miles", "the distance from the cardholder's address in miles")


def forfeit(facts: Facts, trace: Trace) -> Term:
    """15 USC 1666(e) on the facts of a case."""
    _start(facts, trace, "breached_on", "duty broken", "违反义务")
    amount = forfeiture(
        disputed=facts.number("amount_minor", "the disputed amount"),
        finance_charges=facts.number("finance_charges_minor", "the finance charges on it"),
    )
    trace.say(f"the right to collect {amount} cents is forfeited", f"丧失收取{amount}美分的权利")
    return Term(verdict="forfeited", amount_minor=amount)


_test = partial(
    Rule,
    severity="statutory",
    confidence="certain",
    kinds=("dispute",),
    nature="verdict",
    when=on_credit,
)

RULES = (
    _test(
        id="US-REGZ-12B-UNAUTH-50", key="liability", starts="notice_received",
        due=unauthorised_use, when=_asked_about("unauthorised_before_minor"), binds="customer",
        citation="12 CFR 1026.12(b); 15 USC 1643",
        name_en="Liability for unauthorised use", name_zh="未经授权使用的责任限额",
        text="The cardholder owes at most $50, never more than was obtained before notification, "
        "and nothing when the conditions of (b)(2) are not met. There is no time limit.",
        text_zh="持卡人最多承担50美元，且不超过通知前被盗用的金额；不符合(b)(2)条件的不承担。无时限。",
    ),
    _test(
        id="US-REGZ-12C-CLAIMS", key="claims_and_defences", starts="notice_received",
        due=claim_on_merchant, when=_asked_about("tried_merchant"),
        citation="12 CFR 1026.12(c); 15 USC 1666i",
        name_en="Claims and defences against the issuer", name_zh="向发卡机构主张的抗辩",
        text="A claim against the merchant holds against the issuer after an honest attempt to "
        "settle, for a purchase over $50 in the same state or within 100 miles, up to what was "
        "unpaid at first notice.",
        text_zh="善意与商户协商未果、金额超过50美元且在同州或100英里内的，可就首次通知时"
        "未付余额向发卡机构主张。",
    ),
    _test(
        id="US-TILA-161E-FORFEIT", key="forfeiture", starts="breached_on", due=forfeit,
        citation="15 USC 1666(e)",
        name_en="Forfeiture for a broken duty", name_zh="违反义务的权利丧失",
        text="An issuer that breaks the billing-error duties loses up to $50 of the disputed "
        "amount and its charges, even if the bill was right.",
        text_zh="发卡机构违反账单错误义务的，丧失争议金额及费用中最高50美元的收取权，账单无误亦同。",
    ),
)  # fmt: skip
