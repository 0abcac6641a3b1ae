"""Mastercard: reason codes, filing and waiting times, and the stages of a chargeback.

Contract, revised each April and October. The pre-arbitration and arbitration days are of medium
confidence and ship switched off: confirm them in the issuer's own rule book first.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from law import filing
from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.stages import OVER, Code, Turn, code_of
from law.trace import Trace

LONG, SHORT, WAIT = "NET-MC-FILE-120D", "NET-MC-FILE-90D", "NET-MC-WAIT-30D"
PRESENTMENT, PRE_ARBITRATION = "NET-MC-2PRES-45D", "NET-MC-PREARB-45D"
ANSWER, ARBITRATION = "NET-MC-PREARB-RESP-30D", "NET-MC-ARB-75D"
SECOND = ("second presentment settled", "第二次请款清算")
NOT_PROVIDED = ("goods_not_received", "services_not_provided", "")
FLOW = "first_chargeback"

_long = partial(Code, workflow=FLOW, filing=LONG)
_short = partial(Code, workflow=FLOW, filing=SHORT)

CODES = {
    code.code: code
    for code in (
        _short("4808"),
        _short("4834"),
        _long("4837"),
        _long("4849", confidence="medium"),
        _long(
            "4853",
            counts_from=("expected_on", "received_goods_on", "aware_on", "credit_promised_on"),
            wait=WAIT,
            wait_from=("transaction_on",),
        ),
        _long("4870"),
        _long("4871"),
        _long("4863", confidence="low"),
        _short("4850", confidence="low"),
        _short("4831", use="4834"),
        _short("4842", use="4834"),
        _short("4846", use="4834"),
        _short("4807", use="4808"),
        _short("4812", use="4808"),
        _long("4841", use="4853"),
        _long("4854", use="4853"),
        _long("4855", use="4853"),
        _long("4859", use="4853 or 4834"),
        _long("4860", use="4853"),
        _long("4840", use="4837 or 4853"),
    )
}

TURNS = (
    Turn(1, FLOW, "submitted", "acquirer", "acquirer",
         "accept, or present a second time", PRESENTMENT, "submitted_on", "won"),
    Turn(2, FLOW, "represented", "issuer", "issuer",
         "accept, or start pre-arbitration", PRE_ARBITRATION, "represented_on", "lost"),
    Turn(3, FLOW, "in_pre_arbitration", "acquirer", "acquirer",
         "answer the issuer's pre-arbitration", ANSWER, "pre_arbitration_on", "won"),
    Turn(4, FLOW, "in_pre_arbitration", "issuer_files", "issuer",
         "escalate to arbitration", ARBITRATION, "represented_on", "lost"),
    Turn(5, FLOW, "in_arbitration", "network", "network", "give its ruling", None, None, ""),
)  # fmt: skip


def _code(facts: Facts) -> Code | None:
    if facts.text("network", "") != "mastercard" or not facts.has("network_code"):
        return None
    return code_of("mastercard", facts.text("network_code"))


def _is_filed_by(rule_id: str, facts: Facts) -> bool:
    code = _code(facts)
    return code is not None and code.filing == rule_id


def file_by(days: int, facts: Facts, trace: Trace) -> Term:
    """Count from the first presentment's business date; 4853 may start later, to 540 days."""
    code = code_of("mastercard", facts.text("network_code"))
    return filing.last_day(code, facts, days, trace)


def _must_wait(facts: Facts) -> bool:
    """Goods or services not provided, no date of delivery, and a merchant still in business."""
    code = _code(facts)
    if code is None or code.wait is None or facts.flag("merchant_closed"):
        return False
    delivered = any(
        facts.has(name)
        for name in ("expected_on", "received_goods_on", "returned_on", "credit_promised_on")
    )
    return not delivered and facts.text("reason", "") in NOT_PROVIDED


def wait(facts: Facts, trace: Trace) -> date:
    """Without a delivery date wait 30 days from the transaction.

    The business date of presentment, which is never earlier, stands in for it.
    """
    start = trace.start(facts.first_day("transaction_on", "processing_on"), "transaction", "交易")
    return trace.days(start, 30)


def _waits_on(*later: str) -> partial[bool]:
    return partial(_not_yet, later)


def _not_yet(later: tuple[str, ...], facts: Facts) -> bool:
    mine = facts.text("network", "") == "mastercard"
    return mine and not any(facts.has(name) for name in later)


_rule = partial(Rule, severity="network", confidence="high", kinds=("dispute",))

RULES = (
    _rule(
        id=SHORT, key="file_with_network", starts="processing_on", due=partial(file_by, 90),
        citation="Mastercard Chargeback Guide, 4808 and 4834", when=partial(_is_filed_by, SHORT),
        ends=("chargeback.submit",), warn_before_days=(30, 10, 3),
        name_en="File the chargeback with Mastercard (90 days)",
        name_zh="向万事达提交退单(90日)",
        text="File within 90 days of the first presentment's business date.",
        text_zh="自首次请款的清算营业日起90日内提交退单。",
    ),
    _rule(
        id=LONG, key="file_with_network", starts="processing_on", due=partial(file_by, 120),
        citation="Mastercard Chargeback Guide, 4837, 4849, 4853, 4870, 4871",
        when=partial(_is_filed_by, LONG), ends=("chargeback.submit",),
        warn_before_days=(30, 10, 3),
        name_en="File the chargeback with Mastercard (120 days)",
        name_zh="向万事达提交退单(120日)",
        text="File within 120 days of the first presentment; 4853 may count from delivery or "
        "awareness, never past 540 days.",
        text_zh="自首次请款起120日内提交；4853可自交货或知悉之日起算，最迟不超过540日。",
    ),
    _rule(
        id=WAIT, key="wait_before_filing", starts="processing_on", or_starts=("transaction_on",),
        due=wait, citation="Mastercard Chargeback Guide, 4853 not provided, no date given",
        nature="wait", when=_must_wait,
        name_en="Wait before filing with Mastercard", name_zh="向万事达提交前的等待期",
        text="Where no delivery date was given, wait 30 days from the transaction, unless the "
        "merchant is out of business.",
        text_zh="未约定交付日期的，须自交易日起等待30日，商户停业的除外。",
    ),
    _rule(
        id=PRESENTMENT, key="second_presentment", starts="submitted_on", binds="merchant",
        due=after("days", 45, "submitted_on", said=("chargeback settled", "退单清算")),
        citation="Mastercard Chargeback Guide, second presentment",
        when=_waits_on("represented_on", "pre_arbitration_on"),
        ends=("chargeback.record_representment", *OVER),
        name_en="Acquirer's second presentment", name_zh="收单方二次请款",
        text="The acquirer answers within 45 days of the chargeback's settlement, or the "
        "chargeback stands.",
        text_zh="收单方须在退单清算后45日内二次请款，否则退单成立。",
    ),
    _rule(
        id=PRE_ARBITRATION, key="answer_stage", starts="represented_on", enabled=False,
        confidence="medium",
        due=after("days", 45, "represented_on", said=SECOND),
        citation="Mastercard Chargeback Guide, pre-arbitration",
        when=_waits_on("pre_arbitration_on"),
        ends=("chargeback.go_pre_arbitration", *OVER), warn_before_days=(10, 3),
        name_en="Issuer's pre-arbitration", name_zh="发卡方预仲裁",
        text="The issuer starts pre-arbitration within 45 days of the second presentment. "
        "Unconfirmed: off until checked.",
        text_zh="发卡方须在二次请款清算后45日内提起预仲裁。未经核实，默认关闭。",
    ),
    _rule(
        id=ANSWER, key="answer_pre_arbitration", starts="pre_arbitration_on", binds="merchant",
        due=after(
            "days", 30, "pre_arbitration_on", said=("pre-arbitration submitted", "提交预仲裁")
        ),
        citation="Mastercard Chargeback Guide, pre-arbitration response",
        when=_waits_on("pre_arbitration_answered_on"),
        ends=("chargeback.answer_pre_arbitration", *OVER),
        name_en="Acquirer's answer to pre-arbitration", name_zh="收单方答复预仲裁",
        text="The acquirer answers within 30 days; silence is taken as acceptance.",
        text_zh="收单方须在30日内答复；逾期视为接受。",
    ),
    _rule(
        id=ARBITRATION, key="file_arbitration", starts="represented_on", enabled=False,
        confidence="medium",
        due=after("days", 75, "represented_on", said=SECOND),
        citation="Mastercard Chargeback Guide, arbitration", when=_waits_on(),
        ends=("chargeback.go_arbitration", *OVER), warn_before_days=(10, 3),
        name_en="Escalate to arbitration with Mastercard", name_zh="向万事达申请仲裁",
        text="Escalate within 75 days of the second presentment. Unconfirmed: off until checked.",
        text_zh="自二次请款清算起75日内申请仲裁。未经核实，默认关闭。",
    ),
)  # fmt: skip
