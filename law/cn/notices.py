"""What a cardholder in mainland China is told before terms change, and how a card is shown."""

from __future__ import annotations

from functools import partial

from law.cn.collection_third import CARDS
from law.cn.repayment import NOTICE_111
from law.counts import after, no_date
from law.rule import Rule

DAYS_OF_NOTICE = 45
SENT = ("notice sent", "通知发出")

_wait = partial(
    Rule, severity="statutory", kinds=("notice",), nature="wait", starts="notice_sent",
    due=after("days", DAYS_OF_NOTICE, "notice_sent", said=SENT),
)  # fmt: skip

RULES = (
    _wait(
        id="CCM-45D-CHANGE", key="change_terms", confidence="certain",
        citation=f"{CARDS} art. 64",
        name_en="Notice before terms or services change", name_zh="章程、产品服务变更提前通知",
        text="A change of the card's charter, products or services takes effect 45 days after the "
        "notice at the earliest.",
        text_zh="应当提前45天以上通知持卡人信用卡章程、产品服务等即将发生的变更。",
    ),
    _wait(
        id="INT-45D-RATE", key="change_rate", confidence="high", citation=NOTICE_111,
        name_en="Notice before a rate changes", name_zh="利率标准调整提前通知",
        text="A changed interest rate takes effect 45 calendar days after the notice at the "
        "earliest; the cardholder may close the account before.",
        text_zh="调整利率标准的，应至少提前45个自然日通知持卡人；持卡人可在新利率生效前销户。",
    ),
    Rule(
        id="STM-MASK", key="mask_number", severity="statutory", confidence="high",
        kinds=("notice", "account"), nature="duty", due=no_date, starts="statement_on",
        citation=f"{CARDS} art. 61",
        name_en="Mask the card number", name_zh="账单卡号屏蔽",
        text="Statements and vouchers show the card number masked in part.",
        text_zh="账单和服务凭证上的卡号应当部分屏蔽。",
    ),
)  # fmt: skip
