"""Consumer Credit Act 1974: copies, notices of arrears and default, and section 75."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law.counts import after
from law.facts import Facts, MissingFact
from law.rule import Rule, Term
from law.trace import Trace

OVER_MINOR = 100_00  # pence; section 75(3)(b): the cash price of the item, not the part charged
UP_TO_MINOR = 30_000_00


def remedy(facts: Facts, trace: Trace) -> Term:
    """Section 88(2): not less than 14 days after service; acting is possible the day after.

    Service, not posting: add the time that the post takes.
    """
    served = facts.day("default_notice_served_on")
    last = trace.days(trace.start(served, "default notice served", "违约通知送达"), 14)
    return Term(last, first_allowed_on=last + timedelta(1))


def tell_arrears(facts: Facts, trace: Trace) -> date:
    """Section 86C: by the end of the period in which the next statement is due.

    Raises:
        MissingFact: no date on or after the second missed payment was given.
    """
    missed = trace.start(
        facts.day("second_missed_on"),
        "second of the last two payments missed",
        "连续第二次未付款：",
    )
    wanted = f"the last days for the s.78(4) statements, one on or after {missed}"
    for last in facts.days("statement_deadlines", wanted):
        if last >= missed:
            trace.say(f"the next statement is due by {last}", f"下一份账单的最后期限为{last}")
            return last
    raise MissingFact("statement_deadlines", wanted)


def _priced(facts: Facts) -> bool:
    return facts.has("cash_price_minor")


def like_claim(facts: Facts, trace: Trace) -> Term:
    """Section 75: a cash price over 100 pounds and not over 30,000 pounds, in pence."""
    price = facts.number("cash_price_minor", "the cash price of the item in pence")
    passes = OVER_MINOR < price <= UP_TO_MINOR
    says, zh = ("lies", "属于") if passes else ("does not lie", "不属于")
    trace.say(
        f"a cash price of {price / 100:.2f} pounds {says} over 100 and up to 30,000 pounds",
        f"现金价格{price / 100:.2f}英镑{zh}100英镑以上、30000英镑以下（含）的范围",
    )
    return Term(verdict="passes" if passes else "fails")


_rule = partial(Rule, severity="statutory", confidence="certain")

RULES = (
    _rule(
        id="UK-CCA-78-12WD", key="send_copy", kinds=("enquiry", "complaint", "dispute"),
        starts="copy_requested_on", confidence="high", warn_before_days=(5, 2),
        due=after("business_days", 12, "copy_requested_on",
                  said=("written request and fee received", "收到书面请求和费用")),
        citation="Consumer Credit Act 1974 s.78(1), (6); SI 1983/1569",
        ends=("account.copy_sent", "ticket.resolve"),
        name_en="Send a copy of the agreement", name_zh="提供协议副本及账目说明",
        text="Within 12 working days after a written request and the fee the debtor has a copy of "
        "the agreement and a signed statement; until then it cannot be enforced.",
        text_zh="收到书面请求和费用后12个工作日内，须提供协议副本和经签署的账目说明；"
        "在此之前不得强制执行该协议。",
    ),
    _rule(
        id="UK-CCA-88-14D", key="remedy", kinds=("hardship", "account", "notice"), due=remedy,
        starts="default_notice_served_on", nature="window", binds="customer",
        ends=("account.default_remedied",), citation="Consumer Credit Act 1974 ss.87-89",
        name_en="Time to remedy a default", name_zh="违约补救期",
        text="Before it terminates, calls in or enforces for a breach, the creditor gives at "
        "least 14 days after service of a default notice and acts no earlier than the day after.",
        text_zh="因违约终止协议、要求提前清偿或强制执行之前，"
        "须自违约通知送达之日起至少留出14日，最早于其后第一日采取行动。",
    ),
    _rule(
        id="UK-CCA-86C-ARREARS", key="tell_arrears", kinds=("account", "hardship"),
        starts="second_missed_on", due=tell_arrears, ends=("account.arrears_notice_sent",),
        citation="Consumer Credit Act 1974 s.86C", warn_before_days=(7, 2),
        name_en="Notice of sums in arrears", name_zh="拖欠款项通知",
        text="After the last two payments were missed, a notice with the FCA's information sheet "
        "is given by the end of the period in which the next statement is due; without it no "
        "interest or default sum runs and nothing is enforced.",
        text_zh="最近两期均未付款的，须在下一份账单的期限届满前发出通知并附监管机构信息单；"
        "未发出期间不得计收利息或违约费用，也不得强制执行。",
    ),
    _rule(
        id="UK-CCA-75", key="like_claim", kinds=("dispute", "complaint"), confidence="high",
        starts="received", or_starts=("notice_received",), when=_priced, due=like_claim,
        nature="verdict",
        citation="Consumer Credit Act 1974 s.75",
        name_en="Like claim against the card issuer", name_zh="对发卡机构的同等索赔权",
        text="Where the cash price of an item is over GBP 100 and not over GBP 30,000, the issuer "
        "answers for the supplier's misrepresentation or breach together with the supplier.",
        text_zh="单件商品现金价格超过100英镑且不超过30000英镑的，"
        "发卡机构对商户的虚假陈述或违约承担连带责任。",
    ),
)  # fmt: skip
