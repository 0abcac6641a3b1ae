"""The Reserve Bank's Integrated Ombudsman Scheme: the entity's reply, and the way on.

Two schemes: 2021 for what is lodged by 2026-06-30, 2026 for what is lodged from 2026-07-01.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from law.counts import after
from law.rule import Rule

REPLIED = ("reply_received", "reply_period_ended_on")
_SAID = ("reply received, or its time over", "收到答复或答复期届满")

_rule = partial(Rule, severity="statutory", kinds=("complaint",))
_lodge = partial(
    _rule, key="lodge", nature="window", binds="customer", starts=REPLIED[0],
    or_starts=REPLIED[1:], dated_by=("lodged_on",), ends=("complaint.request_review",),
)  # fmt: skip

RULES = (
    _rule(
        id="IN-IOS-30D", key="respond", confidence="certain", starts="received",
        due=after("days", 30, "received", said=("complaint received", "收到投诉")),
        citation="RB-Integrated Ombudsman Scheme, admissibility",
        ends=("complaint.respond", "complaint.withdraw"), warn_before_days=(7, 2),
        name_en="Reply before the ombudsman may be asked", name_zh="申诉前的答复期限",
        text="Without a reply within 30 days of receipt (or a longer time that card network rules "
        "allow) the complainant may go to the ombudsman.",
        text_zh="自收到投诉起30日内（或卡组织规则允许的更长期限内）未答复的，投诉人可向申诉专员"
        "投诉。",
    ),
    _lodge(
        id="IN-IOS-2021-1Y", confidence="high", citation="RB-IOS 2021, cl. 10",
        due=after("years", 1, *REPLIED, said=_SAID),
        in_force=(date(2021, 11, 12), date(2026, 6, 30)),
        name_en="Complain to the ombudsman (2021 scheme)", name_zh="向申诉专员投诉（2021年方案）",
        text="A complaint lodged by 30 June 2026 comes within one year of the reply.",
        text_zh="2026年6月30日前提出的，须自收到答复起一年内向申诉专员投诉。",
    ),
    _lodge(
        id="IN-IOS-2026-90D", confidence="certain", citation="RB-IOS 2026, maintainability",
        due=after("days", 90, *REPLIED, said=_SAID),
        in_force=(date(2026, 7, 1), None),
        name_en="Complain to the ombudsman (2026 scheme)", name_zh="向申诉专员投诉（2026年方案）",
        text="A complaint lodged from 1 July 2026 comes within 90 days of the final reply or of "
        "the end of the time for it.",
        text_zh="2026年7月1日起提出的，须自收到最终答复或答复期届满起90日内向申诉专员投诉。",
    ),
)  # fmt: skip
