"""Debt Respite Scheme (Breathing Space) Regulations 2020, SI 2020/1311, England and Wales."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace
from law.verdicts import forbidden

ONE_DAY = timedelta(1)
CITED = "Debt Respite Scheme Regulations 2020 (SI 2020/1311)"
STARTED = ("moratorium started", "暂缓期开始")


def in_england_or_wales(facts: Facts) -> bool:
    """Say whether the scheme covers the debtor: Scotland and Northern Ireland have their own."""
    return facts.text("region", "") not in ("SCT", "NIR")


def _first_day(facts: Facts, trace: Trace) -> date:
    """Reg 26(1): the day after the entry; the date in the notice, where it is known, counts."""
    entered = facts.day_or_none("register_entry_on")
    if facts.has("moratorium_started_on") or entered is None:
        return trace.start(facts.day("moratorium_started_on"), *STARTED)
    trace.say(f"entry on the register {entered}", f"{entered}登记入册")
    return trace.start(entered + ONE_DAY, *STARTED)


def standard(facts: Facts, trace: Trace) -> Term:
    """Reg 26: 60 days of which the start is day 1; cancellation ends them before.

    A notice that reaches the creditor late moves neither end.
    """
    start = _first_day(facts, trace)
    last = trace.days_from(start, 60)
    cancelled = facts.day_or_none("moratorium_cancelled_on")
    if cancelled is not None and cancelled <= last:
        trace.say(f"cancelled on {cancelled}", f"于{cancelled}被撤销")
        last = cancelled - ONE_DAY
    return Term(last, first_allowed_on=last + ONE_DAY, found={"start": start})


def mental_health(facts: Facts, trace: Trace) -> Term:
    """Part 3: the time of the treatment, however long, and 30 days after it has ended."""
    ended = facts.day_or_none("treatment_ended_on")
    began = facts.day_or_none("crisis_moratorium_started_on")
    if began is not None:
        trace.start(began, *STARTED)
    if ended is None:
        trace.say("no end while the treatment goes on", "治疗期间没有截止日")
        return Term()
    if began is None:
        trace.start(ended, "crisis treatment ended", "危机治疗结束")
    else:
        trace.say(f"crisis treatment ended {ended}", f"危机治疗于{ended}结束")
    last = trace.days(ended, 30)
    free = last + ONE_DAY
    acted = facts.day_or_none("acted_on")
    if began is not None or acted is None:
        return Term(last, first_allowed_on=free)
    # Since when it ran is not known; that it ran during the treatment is.
    start = min(acted, ended)
    verdict = forbidden(start, free, acted, exempt=facts.flag("exempt"))
    return Term(last, first_allowed_on=free, verdict=verdict)


def midway(facts: Facts, trace: Trace) -> Term:
    """Reg 27: the adviser looks again between day 25 and day 35; the start is day 1."""
    start = _first_day(facts, trace)
    first, last = start + timedelta(24), start + timedelta(34)
    trace.say(f"day 25 is {first}, day 35 is {last}", f"第25日为{first}，第35日为{last}")
    return Term(last, first_allowed_on=first, found={"from_date": first, "to_date": last})


def ask_review(facts: Facts, trace: Trace) -> date:
    """Reg 17: the creditor asks the adviser within 20 days beginning with the start."""
    return trace.days_from(_first_day(facts, trace), 20)


_rule = partial(Rule, severity="statutory", when=in_england_or_wales)
_started = partial(_rule, starts="moratorium_started_on", or_starts=("register_entry_on",))
_protected = partial(
    _rule, kinds=("hardship", "contact", "account"), nature="prohibition",
    forbids=("collect", "contact", "charge", "enforce"),
)  # fmt: skip

RULES = (
    _rule(
        id="UK-BS-REGISTER-1BD", key="enter", kinds=("hardship",), confidence="certain",
        starts="register_data_received_on", binds="regulator", enabled=False,
        due=after("business_days", 1, "register_data_received_on",
                  said=("adviser's data received", "收到顾问提交的资料")),
        citation=f"{CITED} reg 25(2)", ends=("account.moratorium_entered",),
        name_en="Enter the moratorium on the register", name_zh="将暂缓期登记入册",
        text="The Secretary of State makes the entry and tells the creditors by the end of the "
        "following business day. It binds the regulator: off. Unconfirmed: off until checked.",
        text_zh="主管大臣须于次一营业日结束前登记并通知债权人。约束监管机构。未经核实，默认关闭。",
    ),
    _protected(
        id="UK-BS-60D", key="breathing_space", due=standard, confidence="high",
        starts="register_entry_on", or_starts=("moratorium_started_on",),
        ended_by="moratorium_cancelled_on", citation=f"{CITED} reg 26",
        name_en="Breathing space", name_zh="债务喘息期",
        text="For 60 days from the day after the register entry no interest, fee or charge runs, "
        "nothing is enforced, and nobody asks the debtor for payment. A late notice moves nothing.",
        text_zh="自登记次日起60日内，不得计收利息、费用，不得强制执行，不得联系债务人要求付款；"
        "通知迟到不影响起止日。",
    ),
    _started(
        id="UK-BS-MIDWAY", key="midway_review", kinds=("hardship",), due=midway, nature="window",
        binds="adviser", confidence="medium", enabled=False, citation=f"{CITED} reg 27",
        ends=("account.moratorium_reviewed",),
        name_en="The adviser's midway review", name_zh="顾问的中期审查",
        text="The debt adviser reviews the moratorium between day 25 and day 35. Unconfirmed: off "
        "until checked.",
        text_zh="债务顾问于第25日至第35日之间进行中期审查。未经核实，默认关闭。",
    ),
    _started(
        id="UK-BS-REVIEW-20D", key="ask_review", kinds=("hardship",), due=ask_review,
        nature="window", confidence="medium", enabled=False, citation=f"{CITED} reg 17",
        ends=("account.moratorium_review_requested",), warn_before_days=(5, 2),
        name_en="Ask for a review of the moratorium", name_zh="债权人申请复核暂缓期",
        text="The creditor may ask the adviser for a review, with evidence, within 20 days "
        "beginning with the start. Unconfirmed: off until checked.",
        text_zh="债权人可自暂缓期开始之日起20日内（含当日）附证据申请复核。未经核实，默认关闭。",
    ),
    _protected(
        id="UK-BS-MHC-30D", key="crisis_breathing_space", due=mental_health, confidence="certain",
        starts="treatment_ended_on", or_starts=("crisis_moratorium_started_on",),
        citation=f"{CITED} Part 3",
        name_en="Mental health crisis breathing space", name_zh="精神健康危机喘息期",
        text="The protection lasts as long as the crisis treatment and 30 days after it has ended.",
        text_zh="保护期为危机治疗的全部时间及其结束后30日。",
    ),
)  # fmt: skip
