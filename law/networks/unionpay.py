"""UnionPay: stages and days are known from memory and training pages only. Everything is off.

Members hold the rules; confirm each number there before it is switched on. The rule set is
chosen by the settlement date of the first chargeback.
"""

from __future__ import annotations

from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule
from law.stages import OVER, Code, Turn

FIRST, REPRESENT = "DSP-UP-FIRST-CB", "DSP-UP-REPRESENT"
SECOND, ARBITRATION = "DSP-UP-SECOND-CB", "DSP-UP-ARB"
FLOW = "first_chargeback"

_code = partial(Code, workflow=FLOW, filing=FIRST, confidence="low")
CODES = {
    code: _code(code)
    for code in (
        "4502", "4507", "4508", "4512", "4514", "4515", "4522", "4527", "4531", "4532", "4544",
        "4557", "4558", "4559", "4562",
    )
}  # fmt: skip

TURNS = (
    Turn(1, FLOW, "submitted", "acquirer", "acquirer",
         "accept, or present again", REPRESENT, "submitted_on", "won"),
    Turn(2, FLOW, "represented", "issuer", "issuer",
         "accept, or charge back a second time", SECOND, "represented_on", "lost"),
    Turn(3, FLOW, "in_pre_arbitration", "acquirer", "acquirer",
         "answer the second chargeback", None, None, ""),
    Turn(4, FLOW, "in_pre_arbitration", "issuer_files", "issuer",
         "file for arbitration", ARBITRATION, "pre_arbitration_answered_on", "lost"),
    Turn(5, FLOW, "in_arbitration", "network", "network", "give its ruling", None, None, ""),
)  # fmt: skip


def _is_unionpay(facts: Facts) -> bool:
    return facts.text("network", "") == "unionpay"


def _at_home(facts: Facts) -> bool:
    return _is_unionpay(facts) and facts.jurisdiction == "cn"


def _abroad(facts: Facts) -> bool:
    return _is_unionpay(facts) and facts.jurisdiction != "cn"


_rule = partial(
    Rule, severity="network", confidence="low", kinds=("dispute",), enabled=False, when=_at_home,
    citation="银联差错业务指南 (members only; number unconfirmed)",
)  # fmt: skip
_settled = ("settled_on", "processing_on")

RULES = (
    _rule(
        id="NET-UPI-FILE-180D", key="file_with_network", starts="settled_on",
        or_starts=("processing_on",), when=_abroad,
        due=after("days", 180, *_settled, said=("settled", "清算")),
        citation="UnionPay International Operating Regulations (number unconfirmed)",
        ends=("chargeback.submit",),
        name_en="File the chargeback with UnionPay International", name_zh="向银联国际提交退单",
        text="First chargeback within 180 days of settlement. Unconfirmed: off until checked.",
        text_zh="自清算日起180日内首次退单。未经核实，默认关闭。",
    ),
    _rule(
        id=FIRST, key="file_with_network", starts="settled_on", or_starts=("processing_on",),
        due=after("days", 180, *_settled, said=("settled", "清算")), ends=("chargeback.submit",),
        name_en="First chargeback (UnionPay)", name_zh="银联一次退单",
        text="First chargeback within 180 days of settlement. Unconfirmed: off until checked.",
        text_zh="自清算日起180日内一次退单。未经核实，默认关闭。",
    ),
    _rule(
        id="DSP-UP-RETRIEVAL-FILE", key="ask_for_slip", starts="transaction_on",
        due=after("days", 120, "transaction_on", said=("transaction", "交易")),
        ends=("chargeback.retrieve",),
        name_en="Ask for the sales slip (UnionPay)", name_zh="银联调单提出",
        text="Retrieval within 120 days of the transaction. Unconfirmed: off until checked.",
        text_zh="自交易日起120日内提出调单。未经核实，默认关闭。",
    ),
    _rule(
        id="DSP-UP-RETRIEVAL-REPLY", key="answer_slip", starts="retrieval_sent", binds="merchant",
        due=after("days", 20, "retrieval_sent", said=("retrieval sent", "提出调单")),
        ends=("chargeback.retrieval_answered",),
        name_en="Acquirer answers the retrieval (UnionPay)", name_zh="银联调单回复",
        text="The acquirer answers within 20 days. Unconfirmed: off until checked.",
        text_zh="收单方须在20日内回复调单。未经核实，默认关闭。",
    ),
    _rule(
        id=REPRESENT, key="second_presentment", starts="submitted_on", binds="merchant",
        due=after("days", 30, "submitted_on", said=("first chargeback sent", "提出一次退单")),
        ends=("chargeback.record_representment", *OVER),
        name_en="Re-presentment (UnionPay)", name_zh="银联再请款",
        text="The acquirer presents again within 30 days. Unconfirmed: off until checked.",
        text_zh="收单方须在30日内再请款。未经核实，默认关闭。",
    ),
    _rule(
        id=SECOND, key="answer_stage", starts="represented_on",
        due=after("days", 30, "represented_on", said=("re-presentment received", "收到再请款")),
        ends=("chargeback.go_pre_arbitration", *OVER),
        name_en="Second chargeback (UnionPay)", name_zh="银联二次退单",
        text="Second chargeback within 30 days; not for cash machines or debit. Unconfirmed: "
        "off until checked.",
        text_zh="须在30日内二次退单;ATM及借记交易不适用。未经核实，默认关闭。",
    ),
    _rule(
        id=ARBITRATION, key="file_arbitration", starts="pre_arbitration_answered_on",
        due=after("days", 60, "pre_arbitration_answered_on",
                  said=("second stage closed", "二次退单阶段结束")),
        ends=("chargeback.go_arbitration", *OVER),
        name_en="Arbitration (UnionPay)", name_zh="银联仲裁",
        text="Arbitration within 60 days. Unconfirmed: off until checked.",
        text_zh="须在60日内申请仲裁。未经核实，默认关闭。",
    ),
)  # fmt: skip
