"""Visa: reason codes, filing and waiting times, and the stages of both workflows.

Contract, revised each April and October; numbers from secondary sources unless marked. Silence
accepts liability at every stage.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from law import filing
from law.facts import Facts
from law.rule import Rule, Term
from law.stages import OVER, Code, Turn, code_of
from law.trace import Trace

TRAVEL_AGENCY = "4722"
LONG, SHORT, WAIT = "NET-VISA-FILE-120D", "NET-VISA-FILE-75D", "NET-VISA-WAIT-15D"
STAGE, ARBITRATION = "NET-VISA-STAGE-30D", "NET-VISA-ARB-10D"
GOODS = ("expected_on", "received_goods_on")

_allocation = partial(Code, workflow="allocation", filing=LONG)
_authorisation = partial(Code, workflow="allocation", filing=SHORT)
_collaboration = partial(Code, workflow="collaboration", filing=LONG)
_goods = partial(_collaboration, counts_from=GOODS, wait=WAIT, wait_from=("returned_on",))

CODES = {
    code.code: code
    for code in (
        _allocation("10.1"),
        _allocation("10.2"),
        _allocation("10.3"),
        _allocation("10.4"),
        _allocation("10.5", confidence="low"),
        _authorisation("11.1"),
        _authorisation("11.2"),
        _authorisation("11.3"),
        _collaboration("12.1"),
        _collaboration("12.2"),
        _collaboration("12.3"),
        _collaboration("12.4"),
        _collaboration("12.5"),
        _collaboration("12.6.1"),
        _collaboration("12.6.2"),
        _collaboration("12.7", filing=SHORT),
        _goods(
            "13.1",
            counts_from=("expected_on",),
            wait_from=("merchant_cancelled_on", "returned_on"),
        ),
        _collaboration("13.2"),
        _goods("13.3", counts_from=("received_goods_on",)),
        _collaboration("13.4", counts_from=("received_goods_on",)),
        _goods("13.5"),
        _goods("13.6", counts_from=("credit_promised_on",), wait_from=("credit_promised_on",)),
        _goods("13.7"),
        _collaboration("13.8", confidence="medium"),
        _collaboration("13.9"),
    )
}

TURNS = (
    Turn(1, "allocation", "submitted", "acquirer", "acquirer",
         "accept, or start pre-arbitration", STAGE, "submitted_on", "won"),
    Turn(2, "allocation", "represented", "issuer", "issuer",
         "answer the acquirer's pre-arbitration", STAGE, "represented_on", "lost"),
    Turn(2, "allocation", "in_pre_arbitration", "issuer", "issuer",
         "answer the acquirer's pre-arbitration", STAGE, "pre_arbitration_on", "lost"),
    Turn(3, "allocation", "in_pre_arbitration", "acquirer_files", "acquirer",
         "file for arbitration", ARBITRATION, "pre_arbitration_answered_on", "won"),
    Turn(4, "allocation", "in_arbitration", "network", "network", "give its ruling",
         None, None, ""),
    Turn(1, "collaboration", "submitted", "acquirer", "acquirer",
         "accept, or answer with evidence", STAGE, "submitted_on", "won"),
    Turn(2, "collaboration", "represented", "issuer", "issuer",
         "accept, or start pre-arbitration", STAGE, "represented_on", "lost"),
    Turn(3, "collaboration", "in_pre_arbitration", "acquirer", "acquirer",
         "answer the issuer's pre-arbitration", STAGE, "pre_arbitration_on", "won"),
    Turn(4, "collaboration", "in_pre_arbitration", "issuer_files", "issuer",
         "file for arbitration", ARBITRATION, "pre_arbitration_answered_on", "lost"),
    Turn(5, "collaboration", "in_arbitration", "network", "network", "give its ruling",
         None, None, ""),
)  # fmt: skip


def _code(facts: Facts) -> Code | None:
    """The code of a Visa dispute, None for another network or before a code is chosen."""
    if facts.text("network", "") != "visa" or not facts.has("network_code"):
        return None
    return code_of("visa", facts.text("network_code"))


def _files_by(rule_id: str) -> partial[bool]:
    return partial(_is_filed_by, rule_id)


def _is_filed_by(rule_id: str, facts: Facts) -> bool:
    code = _code(facts)
    return code is not None and code.filing == rule_id


def file_by(days: int, facts: Facts, trace: Trace) -> Term:
    """File within the days of the code's condition, or the right is lost."""
    code = code_of("visa", facts.text("network_code"))
    return filing.last_day(code, facts, days, trace)


def _must_wait(facts: Facts) -> bool:
    code = _code(facts)
    if code is None or code.wait is None or facts.flag("goods_refused"):
        return False
    if any(facts.has(name) for name in code.wait_from):
        return True
    # 13.1 without any date of delivery waits from the transaction; the others from the return.
    return code.code == "13.1" and not facts.has("expected_on")


def wait(facts: Facts, trace: Trace) -> date:
    """Wait 15 days after the return or the credit document; 30 when a travel agency cancelled.

    Not where waiting would pass the filing limit, nor where the goods were refused. Without a
    transaction date the processing date, which is never earlier, stands in.
    """
    code = code_of("visa", facts.text("network_code"))
    agency = facts.text("mcc", "") == TRAVEL_AGENCY and facts.has("merchant_cancelled_on")
    count = 30 if code.code == "13.1" and agency else 15
    start = facts.first_day(*code.wait_from, "transaction_on", "processing_on")
    trace.start(
        start, "returned, refunded or, failing that, bought", "退货、退款，或在两者皆无时购买"
    )
    first = trace.days(start, count)
    if facts.has("processing_on"):
        last = filing.last_day(code, facts, 120, Trace()).due_on
        if last is not None and first > last:
            trace.say(
                f"waiting would pass the last filing day {last}: file at once",
                f"等待将超过最后提交日{last}：应立即提交",
            )
            return start
    return first


_STAGE_FACTS = ("submitted_on", "represented_on", "pre_arbitration_on")


def _is_visa(facts: Facts) -> bool:
    return facts.text("network", "") == "visa"


def _in_a_stage(facts: Facts) -> bool:
    return _is_visa(facts) and not facts.has("pre_arbitration_answered_on")


def answer_stage(facts: Facts, trace: Trace) -> Term:
    """Each step is answered within 30 days of the one before; silence accepts liability."""
    name = [one for one in _STAGE_FACTS if facts.has(one)][-1]
    start = trace.start(facts.day(name), *filing.DATED[name])
    row = next((turn for turn in TURNS if turn.starts == name and _flows(facts, turn)), None)
    return Term(trace.days(start, 30), binds=_binds(row))


def _flows(facts: Facts, turn: Turn) -> bool:
    code = _code(facts)
    return turn.workflow == (code.workflow if code else "collaboration")


def _binds(row: Turn | None) -> str:
    return "merchant" if row and row.moves == "acquirer" else "issuer"


def file_arbitration(facts: Facts, trace: Trace) -> Term:
    """File within 10 days of the pre-arbitration answer: issuer or acquirer, by workflow."""
    start = facts.day("pre_arbitration_answered_on")
    trace.start(start, "pre-arbitration answered", "预仲裁答复")
    rows = [turn for turn in TURNS if turn.rule_id == ARBITRATION and _flows(facts, turn)]
    return Term(trace.days(start, 10), binds=_binds(rows[0]))


_rule = partial(Rule, severity="network", confidence="high", kinds=("dispute",))

RULES = (
    _rule(
        id=LONG, key="file_with_network", starts="processing_on", due=partial(file_by, 120),
        citation="Visa dispute conditions 10.x, 12.1-12.6, 13.x", when=_files_by(LONG),
        ends=("chargeback.submit",), warn_before_days=(30, 10, 3),
        name_en="File the dispute with Visa", name_zh="向Visa提交争议",
        text="File within 120 days of processing, or of the later date that the condition "
        "allows, never past 540 days from processing.",
        text_zh="自交易处理日(或规则允许的较晚日期)起120日内提交，最迟不超过处理日后540日。",
    ),
    _rule(
        id=SHORT, key="file_with_network", starts="processing_on", due=partial(file_by, 75),
        citation="Visa dispute conditions 11.1-11.3, 12.7", when=_files_by(SHORT),
        ends=("chargeback.submit",), warn_before_days=(30, 10, 3),
        name_en="File the authorisation dispute with Visa", name_zh="向Visa提交授权类争议",
        text="File within 75 days of processing.",
        text_zh="自交易处理日起75日内提交。",
    ),
    _rule(
        id=WAIT, key="wait_before_filing", starts="processing_on", due=wait,
        or_starts=("returned_on", "credit_promised_on", "merchant_cancelled_on", "transaction_on"),
        citation="Visa dispute conditions 13.1, 13.3, 13.5-13.7", nature="wait",
        when=_must_wait,
        name_en="Wait before filing with Visa", name_zh="向Visa提交前的等待期",
        text="Give the merchant 15 days after the return or the credit document before filing.",
        text_zh="退货或退款凭证日期后须等待15日方可提交。",
    ),
    _rule(
        id=STAGE, key="answer_stage", starts="submitted_on", due=answer_stage,
        or_starts=_STAGE_FACTS[1:], citation="Visa dispute process, each stage",
        when=_in_a_stage, warn_before_days=(10, 3),
        ends=("chargeback.record_representment", "chargeback.record_pre_arbitration",
              "chargeback.go_pre_arbitration", "chargeback.answer_pre_arbitration", *OVER),
        name_en="Answer the step before", name_zh="答复上一步骤",
        text="Whoever's turn it is answers within 30 days; silence accepts liability.",
        text_zh="轮到的一方须在30日内答复；逾期视为承担责任。",
    ),
    _rule(
        id=ARBITRATION, key="file_arbitration", starts="pre_arbitration_answered_on",
        due=file_arbitration, citation="Visa dispute process, arbitration", when=_is_visa,
        ends=("chargeback.go_arbitration", "chargeback.record_arbitration", *OVER),
        warn_before_days=(5, 2),
        name_en="File for arbitration with Visa", name_zh="向Visa申请仲裁",
        text="File within 10 days of the pre-arbitration answer, or the right is lost.",
        text_zh="自预仲裁答复起10日内申请仲裁，逾期丧失权利。",
    ),
)  # fmt: skip
