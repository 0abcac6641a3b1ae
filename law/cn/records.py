"""How long records are kept in mainland China: the last day kept, and the first on which to erase.

A request to erase does not reach what must be kept (个人信息保护法 art. 47): everything but
storing and protecting it stops.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law import calendars
from law.cn.collection_third import CARDS
from law.counts import no_date
from law.facts import Facts, MissingFact
from law.rule import Rule, Term
from law.trace import Trace

ONE_DAY = timedelta(1)
AML_FROM, AML_YEARS, AML_YEARS_BEFORE = date(2025, 1, 1), 10, 5
POLICY_YEARS = 5


def kept_until(start: date, years: int) -> date:
    """Return the last day on which a record of ``start`` must be there (民法典 202)."""
    return calendars.add_years(start, years)


def kept(last: date) -> Term:
    """Return the term of a record whose last day of keeping is ``last``."""
    return Term(last, first_allowed_on=last + ONE_DAY)


def keep(
    years: int, starts: tuple[str, ...], said: tuple[str, str], facts: Facts, trace: Trace
) -> Term:
    """Keep a record so many years from the first of ``starts`` that is known."""
    return kept(trace.years(trace.start(facts.first_day(*starts), *said), years))


def keep_identity(facts: Facts, trace: Trace) -> Term:
    """反洗钱法 (2024修订): 10 years from the end of the relation or transaction; 5 before 2025."""
    start = facts.first_day("transaction_on", "relation_ended_on")
    trace.start(start, "transaction, or relation ended", "交易或关系结束")
    years = AML_YEARS if start >= AML_FROM else AML_YEARS_BEFORE
    return kept(
        trace.years(trace.start(start, "transaction, or relation ended", "交易或关系结束"), years)
    )


def keep_oral_plan(facts: Facts, trace: Trace) -> Term:
    """2011 art. 70: 录音资料…至少截至欠款结清日: no end while the debt is open."""
    agreed = facts.day_or_none("oral_plan_on")
    settled = facts.day_or_none("settled_on")
    trace.start(facts.first_day("oral_plan_on", "settled_on"), "plan agreed", "达成口头协议")
    if settled is None:
        return _without_end(facts, trace, "the debt is not settled", "欠款未结清")
    if agreed is not None:
        trace.say(f"the debt was settled on {settled}", f"欠款于{settled}结清")
    return kept(settled)


def keep_case(facts: Facts, trace: Trace) -> Term:
    """The house's default: 5 years from closing, not before settlement, not under legal hold."""
    last = trace.years(trace.start(facts.day("closed_on"), "case closed", "结案"), POLICY_YEARS)
    if facts.flag("legal_hold"):
        return _without_end(facts, trace, "a legal hold keeps it", "因法律保全须继续保存")
    settled = facts.day_or_none("settled_on")
    if settled is None and facts.flag("debt_open"):
        raise MissingFact("settled_on", "the day on which the debt was settled")
    if settled is not None:
        trace.say(f"the debt was settled on {settled}", f"欠款于{settled}结清")
        last = trace.later(last, settled)
    return kept(last)


def _without_end(facts: Facts, trace: Trace, en: str, zh: str) -> Term:
    trace.say(f"{en}: no end", f"{zh}：无截止日")
    return Term(verdict="early" if facts.has("acted_on") else "")


_rule = partial(Rule, severity="statutory", kinds=("record",), nature="wait", confidence="certain")
_CALL = ("recorded", "录音")

RULES = (
    _rule(
        id="COL-RECORD", key="record_collection", starts="recorded_on",
        due=partial(keep, 2, ("recorded_on",), _CALL), citation=f"{CARDS} art. 68",
        name_en="Record collection", name_zh="催收录音",
        text="Collection is recorded, and each recording kept at least 2 years.",
        text_zh="应当对催收过程进行录音，录音资料至少保存2年备查。",
    ),
    _rule(
        id="RET-COLLECTION-AUDIO", key="keep_collection_audio", starts="recorded_on",
        due=partial(keep, 2, ("recorded_on",), _CALL), citation=f"{CARDS} art. 68",
        name_en="Keep recordings of collection calls", name_zh="催收录音留存",
        text="The recording of a collection call is kept at least 2 years from the call.",
        text_zh="催收录音资料自通话之日起至少保存2年。",
    ),
    _rule(
        id="RET-PLAN-AUDIO", key="keep_plan_audio", starts="oral_plan_on",
        or_starts=("settled_on",), due=keep_oral_plan, citation=f"{CARDS} art. 70",
        name_en="Keep the recording of an oral plan", name_zh="口头协议录音留存",
        text="The recording of an oral repayment plan is kept at least until the debt is settled.",
        text_zh="口头还款协议的录音资料至少保存至欠款结清日。",
    ),
    _rule(
        id="RET-NOTICE-PROOF", key="keep_notice_proof", nature="duty", due=no_date,
        starts="notice_sent", confidence="high",
        citation="《银行业保险业消费投诉处理管理办法》(银保监会令2020年第3号)",
        name_en="Keep proof that notices were given", name_zh="告知凭证留存",
        text="Proof that a notice was given is kept; no number of years is set.",
        text_zh="应当留存告知凭证，规定未明确年限。",
    ),
    _rule(
        id="RET-PIA", key="keep_impact_assessment", starts="assessed_on", confidence="high",
        due=partial(keep, 3, ("assessed_on",), ("assessed", "评估")),
        citation="《个人信息保护法》art. 56",
        name_en="Keep impact assessments", name_zh="个人信息保护影响评估留存",
        text="Impact assessments of personal information and the records of its handling are kept "
        "at least 3 years.",
        text_zh="个人信息保护影响评估报告和处理情况记录应当至少保存3年。",
    ),
    _rule(
        id="RET-AML", key="keep_identity", starts="transaction_on",
        or_starts=("relation_ended_on",), confidence="high", due=keep_identity,
        citation="《反洗钱法》(2024修订)",
        name_en="Keep identity and transaction records", name_zh="身份资料和交易记录留存",
        text="Records of identity and transactions are kept at least 10 years from 2025 on, 5 "
        "years for those of before.",
        text_zh="客户身份资料和交易记录自2025年起至少保存10年，此前的至少保存5年。",
    ),
    _rule(
        id="RET-POLICY", key="keep_case", starts="closed_on", severity="internal",
        confidence="policy", due=keep_case, citation="the issuer's own policy",
        name_en="Keep a closed case", name_zh="结案资料留存",
        text="A closed case is kept 5 years, never erased before the debt is settled nor under a "
        "legal hold.",
        text_zh="案件资料自结案起保存5年；欠款未结清或处于法律保全的，不得删除。",
    ),
)  # fmt: skip
