"""Payment Services Regulations 2017: unauthorised and wrong payments.

A business day is one on which the provider is open for what a payment needs (reg 2): give the
issuer's own calendar where it differs. For credit cards, sections 83 and 84 of the Consumer
Credit Act 1974 protect against misuse without the 13 months.
"""

from __future__ import annotations

from functools import partial

from law.counts import after
from law.payment_services import is_refundable, may_be_notified, notify
from law.rule import Rule

_rule = partial(Rule, severity="statutory", kinds=("dispute",))

RULES = (
    _rule(
        id="UK-PSR-76-1BD", key="refund", starts="aware_on", or_starts=("notice_received",),
        confidence="certain", when=is_refundable, warn_before_days=(1,),
        due=after("business_days", 1, "aware_on", "notice_received",
                  said=("unauthorised payment known", "得知未经授权的支付")),
        ends=("account.refunded", "account.credited", "dispute.resolve", "dispute.withdraw"),
        citation="Payment Services Regulations 2017 reg 76(1)-(3)",
        name_en="Refund an unauthorised payment", name_zh="退还未经授权的支付",
        text="An unauthorised payment is refunded by the end of the business day after the day on "
        "which it became known, with value no later than the debit; not where fraud by the user "
        "is suspected on reasonable grounds and reported in writing.",
        text_zh="未经授权的支付须于得知之日的次一营业日结束前退还，起息日不晚于扣款日；"
        "有合理理由怀疑用户欺诈并已书面报告主管机关的除外。",
    ),
    _rule(
        id="UK-PSR-74-13M", key="notify", starts="debited_on", due=notify, confidence="high",
        or_starts=("posted_on", "transaction_on"), when=may_be_notified, binds="customer",
        nature="window", ends=("dispute.file",),
        citation="Payment Services Regulations 2017 reg 74(1)",
        name_en="Tell the provider of a wrong payment", name_zh="通知未经授权或错误支付的期限",
        text="The user tells of an unauthorised or wrongly executed payment without undue delay, "
        "at the latest 13 months after the debit, unless the provider failed to inform.",
        text_zh="用户应毫不迟延地通知未经授权或错误执行的支付，最迟为扣款后13个月；"
        "服务商未依规提供信息的，不受此限。",
    ),
)  # fmt: skip
