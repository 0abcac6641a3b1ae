"""App rules of 2019 on personal-information requests. The PIPL itself sets no number of days."""

from __future__ import annotations

from datetime import date

from law.facts import Facts
from law.rule import Rule
from law.trace import Trace


def answer_privacy_request(facts: Facts, trace: Trace) -> date:
    """国信办秘字〔2019〕191号, 六: a request made in an app is answered in 15 working days."""
    start = trace.start(facts.day("privacy_request_received"), "request received", "收到请求")
    return trace.business_days(start, 15)


RULES = (
    Rule(
        id="PIP-15WD", key="answer_privacy_request", severity="statutory", confidence="high",
        kinds=("enquiry", "complaint"), starts="privacy_request_received",
        due=answer_privacy_request, ends=("ticket.resolve", "complaint.respond"),
        citation="《App违法违规收集使用个人信息行为认定方法》(国信办秘字〔2019〕191号) 六",
        name_en="Answer a privacy request made in the app", name_zh="个人信息权利请求响应",
        text="Correction, deletion or closing an account is answered within 15 working days.",
        text_zh="更正、删除个人信息或注销账户的请求于15个工作日内响应。", warn_before_days=(5, 2),
    ),
)  # fmt: skip
