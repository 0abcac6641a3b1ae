"""Whom a collector in mainland China may contact besides the debtor, and when not at all."""

from __future__ import annotations

from functools import partial

from law.cn.collection import CBA, FROM_CBA, GBT
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

CARDS = "《商业银行信用卡业务监督管理办法》(银监会令2011年第2号)"
FAILED, UNREACHED = 3, 3  # calls without an answer; days without reaching the debtor
LEAST_VISITORS = 2


def out_of_reach(facts: Facts) -> bool:
    """Say whether the debtor cannot be reached, so that a third person may be asked.

    The number is invalid; or 3 attempts in a row failed and it is the next day; or 3 days in a
    row reached nobody; or the debtor is dead or no longer legally capable.
    """
    failed = facts.has("consecutive_failed") and facts.number("consecutive_failed") >= FAILED
    days = facts.has("unreachable_days") and facts.number("unreachable_days") >= UNREACHED
    gone = facts.flag("debtor_dead") or facts.flag("debtor_incapable")
    return facts.flag("number_invalid") or gone or days or (failed and facts.flag("next_day"))


def third_person(facts: Facts, trace: Trace) -> Term:
    """2011 art. 68: 不得对与债务无关的第三人进行催收; GB/T and 催收指引 on asking one at all.

    An objection ends it for good; then nothing may be disclosed; then the debtor must be out of
    reach, and only a way to reach them may be asked for. Who answers a number that has changed
    hands is such a person too.
    """
    day = facts.day_or_none("contact_at")
    if day is not None:
        trace.start(day, "contact on", "联系日期")
    for fact, verdict, en, zh in _REFUSALS:
        if facts.flag(fact):
            trace.say(en, zh)
            return Term(verdict=f"blocked:{verdict}")
    if not out_of_reach(facts):
        trace.say("the debtor is not out of reach", "债务人并未失联")
        return Term(verdict="blocked:debtor_not_out_of_reach")
    trace.say(
        "the debtor is out of reach: only a way to reach them may be asked for",
        "债务人失联：仅可请其提供联系方式或转达",
    )
    return Term(verdict="allowed")


_REFUSALS = (
    ("wrong_person", "wrong_person", "the number belongs to somebody else", "该号码已非债务人使用"),
    ("objected", "objected", "this person asked not to be contacted", "该第三人已明确要求不得联系"),
    ("would_disclose_debt", "disclosure", "the debt would be disclosed", "将披露债务信息"),
)


def stop_for_plan(facts: Facts, trace: Trace) -> Term:
    """2011 art. 70: 应当停止对该持卡人的催收，持卡人不履行分期还款协议的情况除外."""
    trace.start(facts.day("contact_at"), "contact on", "联系日期")
    if facts.flag("plan_broken"):
        trace.say("the plan was broken: collection may resume", "持卡人未履行协议：可恢复催收")
        return Term(verdict="allowed")
    trace.say("a plan is agreed: collection stops", "已达成还款协议：停止催收")
    return Term(verdict="blocked:plan")


def visit(facts: Facts, trace: Trace) -> Term:
    """催收指引 22: at least two collectors; no entry to a home or workplace without consent."""
    trace.start(facts.day("contact_at"), "visit on", "外访日期")
    people = facts.number("collectors", "how many collectors come")
    trace.say(f"{people} collectors come", f"外访催收人员{people}名")
    if people < LEAST_VISITORS:
        trace.say("at least two must come together", "须由不少于两名催收人员共同实施")
        return Term(verdict="blocked:visit_alone")
    if facts.flag("enters_premises") and not facts.flag("entry_consent"):
        trace.say("nobody agreed to their entry", "未经同意不得进入")
        return Term(verdict="blocked:entry")
    return Term(verdict="allowed")


def private_device(facts: Facts, trace: Trace) -> Term:
    """催收指引: agencies use no private telephone or account without the bank's agreement."""
    trace.start(facts.day("contact_at"), "contact on", "联系日期")
    if facts.flag("device_agreed"):
        trace.say("the bank agreed to the private device", "银行已同意使用私人通讯工具")
        return Term(verdict="allowed")
    trace.say("a private device without the bank's agreement", "未经银行同意使用私人通讯工具")
    return Term(verdict="blocked:private_device")


def _of_third_person(facts: Facts) -> bool:
    return facts.flag("third_person") or facts.flag("wrong_person")


_rule = partial(
    Rule, kinds=("contact",), starts="contact_at", nature="verdict", forbids=("contact",),
)  # fmt: skip

RULES = (
    _rule(
        id="COL-THIRD", key="third_person", severity="statutory", confidence="certain",
        due=third_person, or_starts=("third_person", "wrong_person"), when=_of_third_person,
        citation=f"{CARDS} art. 68; {GBT}; {CBA}",
        name_en="Contact with a third person", name_zh="联系第三人",
        text="Nobody unconnected with the debt is asked to pay. A third person is contacted only "
        "when the debtor is out of reach, only to find a way to them, the debt never disclosed, "
        "and never again after an objection.",
        text_zh="不得对与债务无关的第三人催收。仅在债务人失联时方可请第三人提供联系方式或转达，不得"
        "披露债务；第三人明确反对的，须停止联系。",
    ),
    _rule(
        id="COL-STOP-PLAN", key="plan_agreed", severity="statutory", confidence="certain",
        due=stop_for_plan, when=lambda facts: facts.flag("plan_active"),
        citation=f"{CARDS} art. 70",
        name_en="No collection while a plan runs", name_zh="达成协议停止催收",
        text="Once a repayment plan is agreed, the issuer and its agencies stop collecting unless "
        "the cardholder breaks it.",
        text_zh="达成个性化分期还款协议的，发卡银行及其催收机构应当停止催收，持卡人不履行协议的除外。",
    ),
    _rule(
        id="COL-VISIT-2", key="visit", severity="self_regulatory", confidence="high", due=visit,
        when=lambda facts: facts.text("channel", "call") == "visit", citation=f"{CBA} art. 22",
        in_force=(FROM_CBA, None),
        name_en="A visit by two", name_zh="外访催收",
        text="A visit is made by at least two collectors who identify themselves and record it; a "
        "home or workplace is entered only with consent.",
        text_zh="外访催收由不少于两名人员共同实施，出示证件并录音录像；未经同意不得进入住所或工作"
        "场所。",
    ),
    _rule(
        id="COL-NO-PRIVATE-PHONE", key="private_device", severity="self_regulatory",
        confidence="high", due=private_device, citation=CBA, in_force=(FROM_CBA, None),
        when=lambda facts: facts.flag("private_device"),
        name_en="No private telephones", name_zh="禁用私人通讯工具",
        text="Outside collectors use no private telephone or social account without the bank's "
        "agreement.",
        text_zh="未经银行同意，催收机构人员不得使用私人电话或社交账号催收。",
    ),
)  # fmt: skip
