"""Directive (EU) 2015/2366 (PSD2), as the member states have taken it over.

A business day is one on which the provider is open for what a payment needs (art 4(37)): the
calendar named for the case, not a country's. The payment regulation that follows PSD2 is not in
force.
"""

from __future__ import annotations

from functools import partial

from law.complaints import ANSWERED, RECEIVED, SAID
from law.counts import after
from law.facts import Facts
from law.payment_services import DEBITED, is_refundable, may_be_notified, notify, outer_limit
from law.rule import Rule

CITED = "Directive (EU) 2015/2366"
# Art 101(2): the user RECEIVES the reply by then.
BY_THEN = (
    "the user has the reply by then: allow for post",
    "用户须于该日前收到答复，应预留邮寄时间",
)


def _is_covered(facts: Facts) -> bool:
    """A complaint on Titles III and IV, unless it is known to be none: the cautious reading."""
    return facts.values.get("payment_services") is not False


def _is_unheld(facts: Facts) -> bool:
    return _is_covered(facts) and not facts.has("holding_sent_on")


def _is_held(facts: Facts) -> bool:
    return _is_covered(facts) and facts.has("holding_sent_on")


def _is_open_amount(facts: Facts) -> bool:
    """Art 76: started by the payee, authorised without its exact amount (a hotel, a hired car)."""
    return facts.flag("amount_not_exact")


def _is_refund_request(facts: Facts) -> bool:
    return facts.has("refund_request_received") or _is_open_amount(facts)


_rule = partial(Rule, severity="statutory", confidence="certain", kinds=("dispute",))
_complaint = partial(
    _rule, kinds=("complaint",), starts="received", or_starts=("notice_received",),
    citation=f"{CITED} art 101(2)",
)  # fmt: skip
# National law may move a last day that is closed: a notice of the next open day is accepted.
_window = partial(
    _rule, nature="window", binds="customer", rolls=True, ends=("dispute.file",),
    starts="debited_on", or_starts=("posted_on", "transaction_on"),
)  # fmt: skip

RULES = (
    _complaint(
        id="EU-PSD2-101-15BD", key="respond", when=_is_unheld,
        due=after("business_days", 15, *RECEIVED, said=SAID), warn_before_days=(5, 2, 1),
        ends=(*ANSWERED, "complaint.extend"),
        name_en="Reply to a payment complaint in 15 days", name_zh="十五个营业日内答复支付投诉",
        text="A complaint on payment services is answered on paper or another durable medium "
        "within 15 business days of receipt; a holding reply with reasons and a date only in "
        "exceptional cases.",
        text_zh="支付服务投诉须于收到后15个营业日内以书面或其他持久介质答复；"
        "仅在特殊情况下可先作说明理由和日期的中间答复。",
    ),
    _complaint(
        id="EU-PSD2-101-35BD", key="respond_after_holding", when=_is_held, ends=ANSWERED,
        due=partial(outer_limit, "holding reply", closing=BY_THEN), warn_before_days=(10, 5, 2),
        name_en="Reply to a payment complaint: outer limit", name_zh="支付投诉答复最长期限",
        text="After a holding reply within the 15 days the user receives the final reply within "
        "35 business days of receipt. A later holding reply extends nothing.",
        text_zh="在15个营业日内已作中间答复的，用户须于投诉收到后35个营业日内收到最终答复；"
        "逾期作出的中间答复不产生延长效力。",
    ),
    _window(
        id="EU-PSD2-71-13M", key="notify", due=notify, when=may_be_notified,
        citation=f"{CITED} art 71(1)",
        name_en="Tell the provider of a wrong payment", name_zh="通知未经授权或错误支付的期限",
        text="The user tells of an unauthorised or wrongly executed payment without undue delay, "
        "at the latest 13 months after the debit, unless the provider failed to inform.",
        text_zh="用户应毫不迟延地通知未经授权或错误执行的支付，最迟为扣款后13个月；"
        "服务商未依规提供信息的，不受此限。",
    ),
    _rule(
        id="EU-PSD2-73-1BD", key="refund", starts="aware_on", or_starts=("notice_received",),
        when=is_refundable, citation=f"{CITED} art 73(1)", warn_before_days=(1,),
        due=after("business_days", 1, "aware_on", "notice_received",
                  said=("unauthorised payment noted or notified", "得知或被通知未经授权的支付")),
        ends=("account.refunded", "account.credited", "dispute.resolve", "dispute.withdraw"),
        name_en="Refund an unauthorised payment", name_zh="退还未经授权的支付",
        text="An unauthorised payment is refunded at once, no later than the end of the business "
        "day after it was noted or notified, with value no later than the debit; not where fraud "
        "is suspected on reasonable grounds told in writing to the national authority.",
        text_zh="未经授权的支付须立即退还，最迟不晚于得知或被通知后次一营业日结束，"
        "起息日不晚于扣款日；有合理理由怀疑欺诈并已书面报告本国主管机关的除外。",
    ),
    _window(
        id="EU-PSD2-77-8W", key="ask_refund", when=_is_open_amount,
        due=after("weeks", 8, *DEBITED, said=("account debited", "账户扣款")),
        citation=f"{CITED} arts 76, 77(1)",
        name_en="Ask back a payment of open amount", name_zh="请求退还金额未定的收款方发起支付",
        text="A payment that the payee started and that was authorised without its exact amount "
        "may be asked back within 8 weeks of the debit.",
        text_zh="由收款方发起且授权时金额未定的支付，付款人可于扣款后8周内请求退还。",
    ),
    _rule(
        id="EU-PSD2-77-10BD", key="answer_refund", starts="refund_request_received",
        or_starts=("notice_received",), when=_is_refund_request, warn_before_days=(3, 1),
        due=after("business_days", 10, "refund_request_received", "notice_received",
                  said=("refund request received", "收到退款请求")),
        citation=f"{CITED} art 77(2)",
        ends=("account.refunded", "dispute.resolve", "dispute.withdraw"),
        name_en="Answer such a refund request", name_zh="答复金额未定支付的退款请求",
        text="Within 10 business days of the request the full amount is refunded, or refused with "
        "reasons and the bodies to complain to.",
        text_zh="收到请求后10个营业日内须全额退还，或说明理由拒绝并告知投诉机构。",
    ),
)  # fmt: skip
