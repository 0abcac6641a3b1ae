"""Regulation E, 12 CFR 1005.11: errors on debit and prepaid accounts, from notice to answer."""

from __future__ import annotations

from datetime import date
from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace
from law.us.accounts import on_asset
from law.verdicts import say_timely, timely

NEW_ACCOUNT_DAYS = 30
ENDED_BY = ("dispute.resolve", "dispute.withdraw")
RECEIVED = ("notice received", "收到通知")


def new_account(facts: Facts) -> bool | None:
    """Say whether the transfer came within 30 days after the first deposit.

    1005.11(c)(3)(i): the day of the transfer counts, not that of the notice. The day the account
    was opened stands in for the first deposit. None where a day is not known.
    """
    moved = facts.day_or_none("transfer_on") or facts.day_or_none("transaction_on")
    first = facts.day_or_none("first_deposit_on") or facts.day_or_none("account_opened_on")
    return None if moved is None or first is None else (moved - first).days <= NEW_ACCOUNT_DAYS


def _is_notice(facts: Facts) -> bool:
    """A notice of error on a debit or prepaid account that compliance has not set aside."""
    return on_asset(facts) and facts.values.get("notice_stands") is not False


def _on_new_account(facts: Facts) -> bool:
    return _is_notice(facts) and new_account(facts) is True


def _on_old_account(facts: Facts) -> bool:
    return _is_notice(facts) and new_account(facts) is not True


def _ninety(facts: Facts) -> bool:
    """1005.11(c)(3)(ii): outside any state, a point-of-sale debit, or a new account."""
    return facts.flag("foreign") or facts.flag("pos") or new_account(facts) is True


def _takes_90(facts: Facts) -> bool:
    return _is_notice(facts) and _ninety(facts)


def _takes_45(facts: Facts) -> bool:
    return _is_notice(facts) and not _ninety(facts)


def notice_window(facts: Facts, trace: Trace) -> Term:
    """1005.11(b)(1)(i): received within 60 days after the first statement was sent; no roll.

    1005.11(b)(3): documents asked for give another 60 days from their sending.
    """
    start = trace.start(facts.day("statement_transmitted"), "statement sent", "账单发出")
    documents = facts.day_or_none("documents_sent_on")
    if documents is not None:
        start = trace.start(documents, "requested documents sent", "所要求的资料发出")
    last = trace.days(start, 60)
    notice = facts.day_or_none("notice_received")
    if notice is None:
        return Term(last)
    say_timely(trace, last, notice, "the notice came on", "通知收到日为")
    return Term(last, verdict=timely(last, notice))


def _by_account(unknown: int, facts: Facts, trace: Trace) -> Term:
    """10 business days, 20 for a new account; ``unknown`` where the facts do not say."""
    received = trace.start(facts.day("notice_received"), *RECEIVED)
    new = new_account(facts)
    if new is None:
        return Term(trace.business_days(received, unknown))
    if new:
        trace.say("the transfer came within 30 days after the first deposit: a new account",
                  "该笔转账发生于首次存款后30日内：新账户")  # fmt: skip
    else:
        trace.say("the transfer came later than 30 days after the first deposit",
                  "该笔转账发生于首次存款30日之后")  # fmt: skip
    return Term(trace.business_days(received, 20 if new else 10), found={"new_account": new})


def determine(facts: Facts, trace: Trace) -> Term:
    """1005.11(c)(1): whether an error occurred, within 10 business days of receipt."""
    return _by_account(10, facts, trace)


def determine_new(facts: Facts, trace: Trace) -> Term:
    """1005.11(c)(3)(i): 20 business days in place of 10 for a new account."""
    return _by_account(20, facts, trace)


def confirmation(facts: Facts, trace: Trace) -> date:
    """1005.11(b)(2): written confirmation within 10 business days of an oral notice."""
    return trace.business_days(
        trace.start(facts.day("oral_notice_on"), "oral notice", "口头通知"), 10
    )


_rule = partial(
    Rule, severity="statutory", confidence="certain", kinds=("dispute",), when=_is_notice
)
_duty = partial(
    _rule, starts="notice_received", ends=("dispute.determine", *ENDED_BY),
    warn_before_days=(10, 5, 2),
)  # fmt: skip
# A provisional credit gives the determination more time: the short date is met by either.
_DETERMINED_OR_CREDITED = ("account.credited", "dispute.determine", *ENDED_BY)

RULES = (
    _rule(
        id="US-REGE-11B1-NOTICE-60D", key="notice", starts="statement_transmitted",
        due=notice_window, citation="12 CFR 1005.11(b)(1)(i)", binds="customer",
        nature="window", ends=("dispute.file",),
        name_en="Error notice window", name_zh="错误通知期限",
        text="An oral or written notice must reach the institution within 60 days after it sent "
        "the first statement that shows the error.",
        text_zh="口头或书面通知须在首份载有该错误的账单发出后60日内送达机构。",
    ),
    _rule(
        id="US-REGE-11B2-CONFIRM-10BD", key="confirm_notice", starts="oral_notice_on",
        due=confirmation, citation="12 CFR 1005.11(b)(2), (c)(2)(i)(A)", binds="customer",
        nature="window", ends=("dispute.confirm",),
        name_en="Written confirmation of an oral notice", name_zh="口头通知的书面确认",
        text="The institution may require written confirmation within 10 business days of an "
        "oral notice; without it no provisional credit is due, yet it investigates.",
        text_zh="机构可要求在口头通知后10个营业日内书面确认；未确认的无须临时入账，但仍应调查。",
    ),
    _duty(
        id="US-REGE-11C1-INVEST-10BD", key="determine", due=determine, when=_on_old_account,
        ends=_DETERMINED_OR_CREDITED,
        citation="12 CFR 1005.11(c)(1)",
        name_en="Determine whether an error occurred", name_zh="认定是否存在错误",
        text="Whether an error occurred is determined within 10 business days of the notice, or "
        "the account is provisionally credited.",
        text_zh="收到通知后10个营业日内认定是否存在错误，否则应临时入账。",
    ),
    _duty(
        id="US-REGE-11C3I-NEWACCT-20BD", key="determine_new", due=determine_new,
        when=_on_new_account, citation="12 CFR 1005.11(c)(3)(i)", ends=_DETERMINED_OR_CREDITED,
        name_en="Determine an error on a new account", name_zh="新账户的错误认定",
        text="For a transfer within 30 days after the first deposit, 20 business days take the "
        "place of 10.",
        text_zh="首次存款后30日内发生的转账，以20个营业日代替10个营业日。",
    ),
    _duty(
        id="US-REGE-11C2-PROVCREDIT-10BD", key="provisional_credit", due=determine,
        citation="12 CFR 1005.11(c)(2)(i), (c)(3)(i)", ends=_DETERMINED_OR_CREDITED,
        name_en="Provisional credit", name_zh="临时入账",
        text="To take longer, the institution provisionally credits the amount within 10 "
        "business days of the notice, 20 for a new account.",
        text_zh="需延长调查的，收到通知后10个营业日内（新账户20个）临时入账争议金额。",
    ),
    _duty(
        id="US-REGE-11C2-45D", key="investigate", when=_takes_45,
        due=after("days", 45, "notice_received", said=RECEIVED),
        citation="12 CFR 1005.11(c)(2), comment 11(c)-5",
        name_en="Extended investigation", name_zh="延长调查",
        text="With provisional credit the investigation may take up to 45 days from receipt of "
        "the notice.",
        text_zh="临时入账后，调查最长可至收到通知后45日。",
    ),
    _duty(
        id="US-REGE-11C3II-90D", key="investigate_long", when=_takes_90,
        due=after("days", 90, "notice_received", said=RECEIVED),
        citation="12 CFR 1005.11(c)(3)(ii)",
        name_en="Extended investigation: abroad, point of sale, new account",
        name_zh="延长调查：境外、销售点或新账户",
        text="For a transfer from outside any state, a point-of-sale debit, or a new account, 90 "
        "days take the place of 45.",
        text_zh="境外发起、销售点借记或新账户的转账，以90日代替45日。",
    ),
    _rule(
        id="US-REGE-11C2II-INFORM-2BD", key="tell_credit", starts="provisional_credit_on",
        due=after("business_days", 2, "provisional_credit_on",
                  said=("provisional credit posted", "临时入账")),
        citation="12 CFR 1005.11(c)(2)(ii)", ends=("dispute.credit_told", *ENDED_BY),
        name_en="Tell the consumer of the provisional credit", name_zh="告知临时入账",
        text="The consumer is told the amount and date within 2 business days after the "
        "provisional crediting.",
        text_zh="临时入账后2个营业日内告知消费者金额与日期。",
    ),
    _rule(
        id="US-REGE-11C1-REPORT-3BD", key="report_results", starts="investigation_completed_on",
        due=after("business_days", 3, "investigation_completed_on",
                  said=("investigation completed", "调查完成")),
        citation="12 CFR 1005.11(c)(1), (c)(2)(iv)", ends=ENDED_BY,
        name_en="Report the results", name_zh="告知调查结果",
        text="The results are reported to the consumer within 3 business days after the "
        "investigation is completed.",
        text_zh="调查完成后3个营业日内将结果告知消费者。",
    ),
    _rule(
        id="US-REGE-11C1-CORRECT-1BD", key="correct", starts="error_determined_on",
        due=after("business_days", 1, "error_determined_on",
                  said=("error determined", "认定存在错误")),
        citation="12 CFR 1005.11(c)(1), (c)(2)(iii)", ends=("account.corrected", *ENDED_BY),
        name_en="Correct the error", name_zh="更正错误",
        text="The error is corrected, with interest and fees, within 1 business day after it was "
        "determined.",
        text_zh="认定存在错误后1个营业日内更正，并退还利息及费用。",
    ),
    _rule(
        id="US-REGE-11D2-HONOR-5BD", key="honour_items", starts="debit_notified_on",
        due=after("business_days", 5, "debit_notified_on",
                  said=("consumer told of the debiting", "告知扣回临时入账")),
        citation="12 CFR 1005.11(d)(2)", ends=("account.honoured",), nature="window",
        binds="customer",
        name_en="Honour items after debiting a provisional credit",
        name_zh="扣回临时入账后的兑付",
        text="For 5 business days after telling the consumer that the credit is debited, items "
        "are honoured without overdraft charge.",
        text_zh="告知扣回临时入账后5个营业日内，相关款项应兑付且不收透支费。",
    ),
)  # fmt: skip
