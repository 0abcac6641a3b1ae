"""One payment on a card debt in mainland China: its order, the grace days, how long overdue.

Amounts are in fen. Day 90 past due still pays charges first, day 91 principal first.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import NamedTuple

from law.cn.collection_third import CARDS
from law.counts import no_date
from law.facts import BadFact, Facts
from law.rule import Rule, Term
from law.trace import Trace

CHARGES_FIRST_TO = 90  # days past due
LEAST_GRACE, TOLERANCE = 3, 10_00  # days; fen
BUCKET_DAYS, LAST_BUCKET = 30, 7  # M1 to M6 have 30 days each; M7+ is everything from day 181
BAND = (Decimal("0.00035"), Decimal("0.0005"))
BAND_FROM, BAND_TO = date(2017, 1, 1), date(2020, 12, 31)
NOTICE_111 = "银发〔2016〕111号"


class Allocation(NamedTuple):
    """What one payment pays, in fen."""

    principal: int
    charges: int
    excess: int


def allocate(*, paid: int, charges: int, principal: int, days_past_due: int) -> Allocation:
    """Art. 57: charges, then principal, up to 90 days past due; principal first from day 91."""
    if min(paid, charges, principal) < 0:
        raise ValueError("an amount cannot be negative")
    if days_past_due <= CHARGES_FIRST_TO:
        to_charges = min(paid, charges)
        to_principal = min(paid - to_charges, principal)
    else:
        to_principal = min(paid, principal)
        to_charges = min(paid - to_principal, charges)
    return Allocation(to_principal, to_charges, paid - to_principal - to_charges)


def days_past_due(due_on: date, on: date) -> int:
    """Return how many days a payment is past due on a day; 0 on its due date and before."""
    return max(0, (on - due_on).days)


def bucket(days: int) -> str:
    """Return M1 for day 1 to 30, M2 to 60 and so on to M6, M7+ over 180; M0 when not past due."""
    number = -(-days // BUCKET_DAYS)  # rounded up
    return f"M{number}" if number < LAST_BUCKET else f"M{LAST_BUCKET}+"


def yuan(fen: int) -> str:
    """Return fen as yuan with two decimals, without a detour over binary fractions."""
    return f"{fen // 100}.{fen % 100:02d}"


def is_overdue(
    *, due_on: date, paid_on: date, grace_days: int = LEAST_GRACE, short: int = 0
) -> bool:
    """Self-regulatory convention: three grace days (容时) and CNY 10 (容差) at least."""
    return paid_on > due_on + timedelta(grace_days) or short > TOLERANCE


def rate_allowed(on: date, daily: Decimal) -> bool:
    """Say whether a daily rate was lawful that day: a band from 2017 to 2020, none after it."""
    return not BAND_FROM <= on <= BAND_TO or BAND[0] <= daily <= BAND[1]


def order_of_payment(facts: Facts, trace: Trace) -> Term:
    """2011 art. 57: days past due, their bucket and, where a payment is given, what it pays."""
    due = trace.start(facts.day("payment_due_on"), "payment due", "到期还款日")
    days = _days(facts, due)
    trace.say(f"{days} days past due, {bucket(days)}", f"逾期{days}日，{bucket(days)}")
    found: dict[str, object] = {"dpd": days, "bucket": bucket(days)}
    if facts.has("paid_minor"):
        pays = _allocated(facts, days, trace)
        found |= {f"{name}_minor": amount for name, amount in pays._asdict().items()}
    return Term(found=found)


def _days(facts: Facts, due: date) -> int:
    if facts.has("days_past_due"):
        return max(0, facts.number("days_past_due", "a number of days, 0 before it is due"))
    return days_past_due(due, facts.first_day("on", "paid_on"))


def _amount(facts: Facts, name: str) -> int:
    amount = facts.number(name, "an amount in fen") if facts.has(name) else 0
    if amount < 0:
        raise BadFact(name, f"is {amount}: give zero or more")
    return amount


def _allocated(facts: Facts, days: int, trace: Trace) -> Allocation:
    charges = _amount(facts, "interest_minor") + _amount(facts, "fees_minor")
    principal = facts.number("principal_minor", "the principal in fen")
    if principal < 0:
        raise BadFact("principal_minor", f"is {principal}: give zero or more")
    paid = _amount(facts, "paid_minor")
    pays = allocate(paid=paid, charges=charges, principal=principal, days_past_due=days)
    if days <= CHARGES_FIRST_TO:
        trace.say("up to day 90: charges, then principal", "逾期90天以内：先息费，后本金")
    else:
        trace.say("from day 91: principal, then charges", "逾期91天以上：先本金，后息费")
    return pays


def grace(facts: Facts, trace: Trace) -> Term:
    """Convention of the card industry: 还款宽限期自到期还款日起至少3天; CNY 10 of shortfall."""
    due = trace.start(facts.day("payment_due_on"), "payment due", "到期还款日")
    days = facts.number("grace_days") if facts.has("grace_days") else LEAST_GRACE
    if days < LEAST_GRACE:
        raise BadFact("grace_days", f"is {days}: give at least {LEAST_GRACE}")
    last = trace.days(due, days)
    if not facts.has("paid_on"):
        return Term(last)
    paid_on, short = facts.day("paid_on"), _amount(facts, "short_minor")
    overdue = is_overdue(due_on=due, paid_on=paid_on, grace_days=days, short=short)
    trace.say(
        f"paid {paid_on}, short of {yuan(short)}: {'overdue' if overdue else 'on time'}",
        f"{paid_on}还款，差额{yuan(short)}元：{'逾期' if overdue else '视同按时还款'}",
    )
    return Term(last, found={"overdue": overdue})


def rate(facts: Facts, trace: Trace) -> Term:
    """111号: 日利率上限万分之五、下限为其0.7倍; 327号 lifted both from 2021-01-01."""
    on = trace.start(facts.day("on"), "rate of", "利率日期")
    daily = _decimal(facts, "daily_rate")
    allowed = rate_allowed(on, daily)
    if BAND_FROM <= on <= BAND_TO:
        trace.say(f"{daily} a day, band {BAND[0]} to {BAND[1]}",
                  f"日利率{daily}，区间{BAND[0]}至{BAND[1]}")  # fmt: skip
    else:
        trace.say("no band: agreed by contract, the yearly rate shown",
                  "无上下限：由合同约定，须明示年化利率")  # fmt: skip
    return Term(verdict="allowed" if allowed else "outside_band", found={"allowed": allowed})


def _decimal(facts: Facts, name: str) -> Decimal:
    text = facts.text(name)
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadFact(name, f'is "{text}": give a decimal number such as "0.0005"') from None
    if not value.is_finite() or value < 0:
        raise BadFact(name, f'is "{text}": give a decimal number such as "0.0005"')
    return value


_rule = partial(Rule, severity="statutory", kinds=("payment",), confidence="high")
_duty = partial(_rule, nature="duty", due=no_date, kinds=("account",), citation=NOTICE_111,
                starts="statement_on", in_force=(BAND_FROM, None))  # fmt: skip

RULES = (
    _rule(
        id="ALC-57", key="order_of_payment", due=order_of_payment, confidence="certain",
        nature="verdict", starts="payment_due_on", citation=f"{CARDS} art. 57",
        name_en="The order in which a payment counts", name_zh="冲还顺序",
        text="Up to 90 days past due a payment pays interest and fees first, then principal; from "
        "91 days principal first.",
        text_zh="逾期1至90天（含）的，先冲还应收利息或各项费用，后冲还本金；逾期91天以上的，先冲还"
        "本金，后冲还应收利息或各项费用。",
    ),
    _rule(
        id="GRACE-3D", key="grace", severity="self_regulatory", due=grace, nature="window",
        binds="customer", starts="payment_due_on", rolls=True, citation="中国银行卡行业自律公约",
        ends=("account.payment_received",),
        name_en="Days and cents of grace", name_zh="还款宽限期",
        text="A payment within 3 days of its due date, or short of at most CNY 10, counts as on "
        "time and in full; the issuer may give more.",
        text_zh="到期还款日后3日内还款、或差额不超过10元的，视同按时足额还款；银行可给予更多宽限。",
    ),
    _rule(
        id="INT-BAND", key="rate_band", due=rate, nature="verdict", kinds=("payment", "account"),
        starts="on", citation=f"{NOTICE_111}; 银发〔2020〕327号", in_force=(BAND_FROM, None),
        when=lambda facts: facts.has("daily_rate"),
        name_en="Upper and lower bound of the rate", name_zh="透支利率上下限",
        text="From 2017 to 2020 the daily rate lay between 0.035 and 0.05 percent, both included. "
        "Since 2021 the contract sets it, and the yearly rate is shown.",
        text_zh="2017年至2020年日利率为0.035%至0.05%（含）；2021年起取消上下限，由合同约定并明示年化"
        "利率。",
    ),
    _duty(
        id="INT-NO-INTEREST-ON-FEES", key="no_interest_on_fees",
        name_en="No interest on fees", name_zh="服务费用不计息",
        text="No interest runs on late-payment charges, annual or cash fees; fees for exceeding "
        "the limit are abolished, late fees are a matter of contract.",
        text_zh="违约金、年费、取现手续费等服务费用不得计收利息；取消滞纳金和超限费，违约金由合同约定。",
    ),
    _duty(
        id="INT-60D-REPEALED", key="no_limit_of_free_days",
        name_en="No statutory free days or minimum payment", name_zh="免息期60天和最低还款10%",
        text="The 60-day limit of the interest-free period and the 10 percent minimum payment are "
        "no longer law since 2017: the issuer sets both.",
        text_zh="免息还款期最长60天、首月最低还款额10%的规定自2017年起废止，由发卡机构自主确定。",
    ),
)  # fmt: skip
