"""Duties around collection in mainland China that no number of days measures."""

from __future__ import annotations

from functools import partial

from law.cn.collection import CBA
from law.cn.collection_third import CARDS
from law.counts import no_date
from law.rule import Rule

_duty = partial(Rule, nature="duty", due=no_date)

RULES = (
    _duty(
        id="COL-OBJECTION", key="note_objection", severity="statutory", confidence="certain",
        kinds=("contact", "complaint"), starts="objection_received",
        citation=f"{CARDS} art. 69",
        name_en="Note and verify an objection to collection", name_zh="催收异议备注",
        text="An objection to collection is promptly noted on the account and verified.",
        text_zh="持卡人对催收提出异议的，应当及时对相关信用卡账户备注并开展核实。",
    ),
    _duty(
        id="COL-AGENT-PUBLISH", key="publish_agents", severity="self_regulatory",
        confidence="high", kinds=("contact",), starts="outsourced_on",
        citation=f"{CBA}; 《银行保险机构消费者权益保护管理办法》art. 41",
        name_en="Publish the outside collectors", name_zh="催收机构公示",
        text="The list of outside collectors is published, the debtor told before the debt goes "
        "to one, and each reviewed every year.",
        text_zh="公示合作催收机构名单，委外前告知债务人，每年评估。",
    ),
)  # fmt: skip
