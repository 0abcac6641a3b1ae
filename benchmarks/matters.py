"""What the benchmark's cardholders dispute, and in which words."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

# Reason by how often it comes; the last one goes to customer service and names no transaction.
WEIGHTS = {
    "fraud_card_absent": 30, "goods_not_received": 20, "duplicate": 10, "not_as_described": 10,
    "cancelled_recurring": 9, "credit_not_processed": 7, "wrong_amount": 6, "unrecognised": 4,
    "statement_not_sent": 4,
}  # fmt: skip
NO_TRANSACTION = {"statement_not_sent"}
STORIES = (
    "I ordered a floor lamp and two shelves. They should have come nine days later; nothing came "
    "and the shop no longer answers. Order 4471-20934, my phone is in your records.",
    "I was asleep when this was bought. The card is in my wallet and nobody else uses it. "
    "Please stop the card and send a new one.",
    "I paid once and was charged twice, one minute apart. The first slip is attached to my mail.",
    "下单的落地灯和书架一直没有送到,商家客服已经联系不上了。请帮忙核实并处理这笔交易,谢谢。",
    "这笔网上消费不是我本人操作,卡片一直在我身边,请立即冻结卡片并退回款项。",
)
REPLIES = (
    "Here is the order confirmation and what the shop wrote last week. There is nothing else.",
    "附件是订单截图和与商家的聊天记录,请查收。",
)


def reason(chance: Random) -> str:
    """Pick a reason as often as it comes."""
    return chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def answers(code: str, posted_on: date, minor: int, currency: str) -> dict[str, Any]:
    """Answers enough to send a claim of this reason."""

    def day(later: int) -> str:
        return (posted_on + timedelta(days=later)).isoformat()

    return {
        "fraud_card_absent": {"card_in_possession": True, "shared_with": "nobody",
                              "block_card": True},
        "goods_not_received": {
            "what": "goods", "ordered_on": day(-1), "expected_by": day(3),
            "delivery_issue": "never", "contacted_merchant": "yes", "contacted_on": day(4),
            "contact_outcome": "no_reply",
        },
        "duplicate": {"twin_posting": f"twin-{minor}"},
        "not_as_described": {
            "what": "goods", "received_on": day(2), "problem": "Sold as new, arrived used",
            "contacted_merchant": "yes", "contacted_on": day(3), "contact_outcome": "refused",
            "returned": "not_returned",
        },
        "cancelled_recurring": {"cancelled_on": day(-20), "cancel_target": "transaction"},
        "credit_not_processed": {"credit_expected_on": day(4), "credit_document": "mail"},
        "wrong_amount": {"correct_amount": {"minor": minor // 2, "currency": currency}},
        "statement_not_sent": {"statement_of": day(0)},
    }.get(code, {})  # fmt: skip
