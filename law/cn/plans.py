"""Repayment plans of art. 70 and ordinary instalments: how long, of what, in which parts."""

from __future__ import annotations

from datetime import date
from functools import partial

from law import calendars
from law.cn.collection_third import CARDS
from law.cn.repayment import yuan
from law.counts import no_date
from law.facts import BadFact, Facts
from law.rule import Rule, Term
from law.trace import Trace

MOST_YEARS, MOST_INSTALMENTS = 5, 60
MOST_CASH, MOST_CASH_INSTALMENTS = 50_000_00, 24  # fen; 2 years
ITEMS = ("balance", "schedule", "charges_statement", "no_new_card_promise", "breach_terms")
CONDITIONS = ("exceeds_ability", "willing")
N13 = "银保监发〔2022〕13号"
OK = ("ok",)
Problems = tuple[str, ...]


def instalment_dates(first: date, count: int) -> tuple[date, ...]:
    """Return ``count`` monthly dates from ``first`` on.

    Each is counted from the first, so that 31 January, 28 February, 31 March follow each other:
    counted from the one before, the 28th would stick. Raises ValueError for less than one.
    """
    _at_least_one(count)
    return tuple(calendars.add_months(first, number) for number in range(count))


def split(total: int, count: int) -> tuple[int, ...]:
    """Split minor units into equal parts; what cannot be shared falls into the last.

    The parts always add up to ``total``. Raises ValueError for less than one part or below zero.
    """
    _at_least_one(count)
    if total < 0:
        raise ValueError("an amount to split cannot be negative")
    part = total // count
    return (part,) * (count - 1) + (total - part * (count - 1),)


def last_possible_due(signed: date) -> date:
    """Return the fifth anniversary of signing, the last day on which a plan may end (art. 70)."""
    return calendars.add_years(signed, MOST_YEARS)


def too_long(signed: date, count: int, last_due: date | None = None) -> Problems:
    """Art. 70: 最长期限不得超过5年: both the number of instalments and the last due date."""
    found = ["too_many_instalments"] * (count > MOST_INSTALMENTS)
    found += ["beyond_5_years"] * (last_due is not None and last_due > last_possible_due(signed))
    return tuple(found)


def unmet_conditions(facts: Facts) -> Problems:
    """Art. 70: 欠款金额超出持卡人还款能力、且持卡人仍有还款意愿; one that is not given is unmet."""
    return tuple(f"condition:{name}" for name in CONDITIONS if not facts.flag(name))


def missing_items(content: tuple[str, ...]) -> Problems:
    """Art. 70: which items the agreement does not hold, in the order of the article."""
    return tuple(f"missing:{item}" for item in ITEMS if item not in content)


def check_plan(facts: Facts, trace: Trace) -> Term:
    """Art. 70 as a whole: how long, on which conditions, and, where it is given, what is in it."""
    signed = trace.start(facts.day("plan_signed"), "plan signed", "协议签订")
    last = trace.years(signed, MOST_YEARS)
    count = _count(facts, "instalments")
    problems = too_long(signed, count, facts.day_or_none("last_due_on")) + unmet_conditions(facts)
    if facts.has("content"):
        problems += missing_items(facts.words("content"))
    return _judged(problems, trace, last)


def check_conditions(facts: Facts, trace: Trace) -> Term:
    """Art. 70: the bank may (可以) agree where both conditions hold; it need not."""
    trace.start(facts.first_day("plan_signed", "plan_requested_on"), "plan asked for", "申请协商")
    return _judged(unmet_conditions(facts), trace)


def check_content(facts: Facts, trace: Trace) -> Term:
    """Art. 70: the dates and amounts of the instalments, and the items that must be there."""
    first = trace.start(facts.day("first_on"), "first instalment due", "首期还款日")
    count = _count(facts, "count")
    dates = instalment_dates(first, count)
    trace.say(f"{count} instalments, the last on {dates[-1]}", f"共{count}期，末期{dates[-1]}")
    found: dict[str, object] = {"dates": dates}
    if facts.has("total_minor"):
        found["amounts_minor"] = _parts(facts, count, trace)
    missing = missing_items(facts.words("content")) if facts.has("content") else ()
    return Term(verdict=(missing or OK)[0], found={**found, "result": missing or OK})


def check_again(facts: Facts, trace: Trace) -> Term:
    """银保监发〔2022〕13号: no second instalment plan of a balance that is on one already."""
    trace.start(facts.day("plan_signed"), "instalments agreed", "办理分期")
    again = facts.flag("balance_on_instalments")
    return _judged(("already_on_instalments",) * again, trace)


def check_instalments(facts: Facts, trace: Trace) -> Term:
    """银保监发〔2022〕13号: 5 years; of cash advances CNY 50,000 and 2 years."""
    signed = trace.start(facts.day("plan_signed"), "instalments agreed", "办理分期")
    count = _count(facts, "instalments")
    problems = too_long(signed, count, facts.day_or_none("last_due_on"))
    if facts.flag("cash_advance"):
        amount = facts.number("amount_minor", "the amount in fen")
        problems += ("cash_too_long",) * (count > MOST_CASH_INSTALMENTS)
        problems += ("cash_too_much",) * (amount > MOST_CASH)
    return _judged(problems, trace)


def _at_least_one(count: int) -> None:
    if count < 1:
        raise ValueError("there must be at least one instalment")


def _count(facts: Facts, name: str) -> int:
    count = facts.number(name, "the number of instalments")
    if count < 1:
        raise BadFact(name, f"is {count}: give at least 1")
    return count


def _parts(facts: Facts, count: int, trace: Trace) -> tuple[int, ...]:
    total = facts.number("total_minor", "the balance in fen")
    if total < 0:
        raise BadFact("total_minor", f"is {total}: give zero or more")
    parts = split(total, count)
    trace.say(
        f"{count - 1} parts of {yuan(parts[0])}, the last {yuan(parts[-1])}",
        f"前{count - 1}期每期{yuan(parts[0])}元，末期{yuan(parts[-1])}元",
    )
    return parts


def _judged(problems: Problems, trace: Trace, last: date | None = None) -> Term:
    for one in problems or OK:
        trace.say(*WORDS[one])
    result = problems or OK
    return Term(latest_on=last, verdict=result[0], found={"result": result})


WORDS = {
    "ok": ("nothing stands against it", "符合规定"),
    "too_many_instalments": ("more than 60 monthly instalments", "超过60期"),
    "beyond_5_years": ("the last instalment is due after 5 years", "末期超过5年"),
    "condition:exceeds_ability": ("the debt is within the means", "欠款未超出还款能力"),
    "condition:willing": ("the cardholder is not willing to pay", "持卡人无还款意愿"),
    "missing:balance": ("balance, structure or currency is missing", "缺少欠款余额、结构、币种"),
    "missing:schedule": ("dates and amounts are missing", "缺少还款周期、方式、日期和每期金额"),
    "missing:charges_statement": (
        "whether fees and interest still accrue is missing",
        "缺少还款期间是否计收年费、利息和其他费用",
    ),
    "missing:no_new_card_promise": (
        "the promise to apply for no credit card until settled is missing",
        "缺少结清前不得向任何银行申领信用卡的承诺",
    ),
    "missing:breach_terms": ("duties and breach are missing", "缺少权利义务和违约责任"),
    "already_on_instalments": (
        "the balance is on instalments already", "该余额已办理分期，不得再次办理",
    ),
    "cash_too_long": ("cash advances: more than 2 years", "预借现金分期超过2年"),
    "cash_too_much": ("cash advances: more than CNY 50,000", "预借现金分期超过5万元"),
}  # fmt: skip


def _personal(facts: Facts) -> bool:
    return not facts.flag("instalment_product")


def _product(facts: Facts) -> bool:
    return facts.flag("instalment_product")


_rule = partial(
    Rule, severity="statutory", kinds=("plan",), starts="plan_signed", nature="verdict",
    confidence="certain", citation=f"{CARDS} art. 70",
)  # fmt: skip

RULES = (
    _rule(
        id="PLN-MAX-5Y", key="plan_length", due=check_plan, when=_personal,
        name_en="Longest personal repayment plan", name_zh="个性化分期还款协议最长期限",
        text="A personal repayment plan runs at most 5 years: 60 monthly instalments, the last "
        "due by the fifth anniversary of signing.",
        text_zh="个性化分期还款协议的最长期限不得超过5年（60期，末期不迟于签订满5年之日）。",
    ),
    _rule(
        id="PLN-CONDITIONS", key="plan_conditions", due=check_conditions, when=_personal,
        or_starts=("plan_requested_on",),
        name_en="Conditions of a personal repayment plan", name_zh="个性化分期条件",
        text="Where the debt exceeds the cardholder's means and the cardholder is still willing "
        "to pay, the bank may agree on a personal plan as between equals.",
        text_zh="确认欠款金额超出持卡人还款能力、且持卡人仍有还款意愿的，发卡银行可以与其平等协商。",
    ),
    _rule(
        id="PLN-CONTENT", key="plan_content", due=check_content, starts="first_on",
        name_en="Content of a repayment plan", name_zh="协议必备内容",
        text="The agreement states the balance and its structure, the date and amount of each "
        "instalment, which charges accrue, the promise to apply for no credit card until settled, "
        "and duties and breach.",
        text_zh="协议至少包括：欠款余额、结构、币种；还款周期、方式、币种、日期和每期金额；还款期间"
        "是否计收年费、利息和其他费用；结清前不得向任何银行申领信用卡的承诺；权利义务和违约责任。",
    ),
    _rule(
        id="PLN-ORAL-RECORD", key="record_oral_plan", nature="duty", due=no_date,
        starts="oral_plan_on",
        name_en="Record an oral plan", name_zh="口头协议录音",
        text="A plan agreed by word of mouth is recorded, and the recording kept at least until "
        "the debt is settled.",
        text_zh="达成口头还款协议的，必须留存录音资料，至少保存至欠款结清日。",
    ),
    _rule(
        id="PLN-NO-REINSTALMENT", key="instalments_once", due=check_again, when=_product,
        confidence="high", citation=N13,
        name_en="No instalments of instalments", name_zh="不得重复分期",
        text="A balance that is on instalments is not put on instalments again, except by a "
        "personal plan of art. 70.",
        text_zh="不得对已办理分期的资金余额再次办理分期，个性化分期还款协议除外。",
    ),
    _rule(
        id="N13-INSTALMENT", key="instalment_limits", due=check_instalments, when=_product,
        confidence="high", citation=N13,
        name_en="Limits of instalment business", name_zh="分期业务",
        text="Instalments run at most 5 years, those of cash advances at most 2 years and CNY "
        "50,000; the cost is shown as interest, and early settlement costs what was used.",
        text_zh="分期期限不超过5年；预借现金分期额度不超过5万元、期限不超过2年；以利息形式展示成本，"
        "提前结清按实际占用计收。",
    ),
)  # fmt: skip
