"""When and how often a debtor in mainland China may be contacted, in Beijing days and hours.

中国银行业协会《金融机构个人消费类贷款催收工作指引（试行）》 (2026-01-30) binds its members; GB/T
45251-2025 is a recommended standard. Where both speak, the stricter is here. Calls of the bank
and of every agency count together, an answering machine's voice among them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

BEIJING = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(8), time(22)  # 08:00:00 is allowed, 22:00:00 is not
MOST_ANSWERED, MOST_UNANSWERED, MOST_DIALLED = 3, 6, 3
CONSENTS = ("consent", "debtor_consent", "hours_consent")  # as the systems of issuers call it
VOICE = ("call", "voice", "phone", "ai_voice")
CBA = "中国银行业协会《金融机构个人消费类贷款催收工作指引（试行）》(2026-01-30)"
GBT = "GB/T 45251-2025《互联网金融 个人网络消费信贷 贷后催收风控指引》"
FROM_GBT, FROM_CBA = date(2025, 2, 28), date(2026, 1, 30)


def in_beijing(facts: Facts) -> datetime:
    """Return the moment of the contact on Beijing's clock."""
    return facts.instant("contact_at").astimezone(BEIJING)


def within_hours(moment: datetime) -> bool:
    """Say whether a moment on Beijing's clock lies in 08:00 to 22:00, the end left out."""
    return OPENS <= moment.time() < CLOSES


def next_opening(moment: datetime) -> datetime:
    """Return when the hours next open after a moment on Beijing's clock."""
    day = moment.date() + timedelta(moment.time() >= OPENS)
    return datetime.combine(day, OPENS, BEIJING)


def voice_log(facts: Facts) -> tuple[Facts, ...]:
    """Return the calls of the contact's Beijing day up to its moment, those that we made.

    Each record of the fact ``log`` holds at, answered, number; channel and inbound if it has them.
    """
    now = in_beijing(facts)
    calls = [(one.instant("at").astimezone(BEIJING), one) for one in facts.records("log")]
    return tuple(
        one
        for at, one in calls
        if at.date() == now.date() and at <= now
        and one.text("channel", "call") in VOICE and not one.flag("inbound")
    )  # fmt: skip


def answered_today(facts: Facts) -> int:
    """Count the answered calls to the debtor that day, on every number."""
    return sum(one.flag("answered") for one in voice_log(facts))


def unanswered_today(facts: Facts) -> int:
    """Count the attempts on the contact's own number that day which nobody answered."""
    number = facts.text("number")
    calls = [one for one in voice_log(facts) if one.text("number") == number]
    return sum(not one.flag("answered") for one in calls)


def by_voice(facts: Facts) -> bool:
    """Say whether the contact is a call; so it is taken where no channel is named."""
    return facts.text("channel", "call") in VOICE


def hours(facts: Facts, trace: Trace) -> Term:
    """催收指引: 未经债务人同意，严禁在每日晚22:00至次日早8:00进行催收, in any form."""
    now = in_beijing(facts)
    trace.start(now.date(), "contact on", "联系日期")
    trace.say(f"in Beijing it is {now:%H:%M:%S}", f"北京时间{now:%H:%M:%S}")
    if within_hours(now):
        trace.say("inside 08:00 to 22:00", "在08:00至22:00之内")
        return Term(verdict="allowed")
    if any(facts.flag(name) for name in CONSENTS):
        trace.say("outside 08:00 to 22:00, the debtor agreed", "在22:00至08:00之间，债务人已同意")
        return Term(verdict="allowed")
    trace.say("outside 08:00 to 22:00", "在22:00至次日08:00之间，不得催收")
    return Term(verdict="blocked:hours", found={"not_before": next_opening(now)})


def capped(
    name: str, most: int, count: Callable[[Facts], int], said: tuple[str, str],
    facts: Facts, trace: Trace,
) -> Term:  # fmt: skip
    """Refuse one more when ``most`` were reached that day; free again when the hours next open."""
    now, already = in_beijing(facts), count(facts)
    trace.start(now.date(), "contact on", "联系日期")
    trace.say(
        f"{already} {said[0]} that day, at most {most}", f"当日{said[1]}{already}次，上限{most}次"
    )
    found = {f"{name}_today": already}
    if already < most:
        return Term(verdict="allowed", found=found)
    tomorrow = datetime.combine(now.date() + timedelta(1), OPENS, BEIJING)
    return Term(verdict=f"blocked:{name}_cap", found={**found, "not_before": tomorrow})


def _on_one_number(facts: Facts) -> bool:
    return by_voice(facts) and not facts.flag("attempts_agreed")


_rule = partial(
    Rule, severity="self_regulatory", confidence="high", kinds=("contact",), starts="contact_at",
    nature="verdict", forbids=("contact",),
)  # fmt: skip

RULES = (
    _rule(
        id="COL-HOURS", key="hours", due=hours, citation=f"{CBA}; {GBT}",
        in_force=(FROM_GBT, None),
        name_en="Hours of collection", name_zh="催收时段",
        text="No collection in any form from 22:00 to 08:00 Beijing time unless the debtor agreed.",
        text_zh="未经债务人同意，每日22:00至次日8:00不得以任何方式催收（北京时间）。",
    ),
    _rule(
        id="COL-ANSWERED-3", key="answered_calls", citation=GBT, when=by_voice,
        due=partial(capped, "answered", MOST_ANSWERED, answered_today,
                    ("answered calls", "有效通话")),
        in_force=(FROM_GBT, None),
        name_en="Answered calls in a day", name_zh="有效通话频次",
        text="At most 3 answered calls to one debtor a calendar day, of the bank and its agencies "
        "together, by a person or a machine.",
        text_zh="银行与催收机构合计，对同一债务人每日有效通话（含智能语音）不超过3次。",
    ),
    _rule(
        id="COL-UNANSWERED-6", key="unanswered_calls", citation=CBA, when=_on_one_number,
        due=partial(capped, "unanswered", MOST_UNANSWERED, unanswered_today,
                    ("unanswered attempts on this number", "对该号码未接通拨打")),
        in_force=(FROM_CBA, None),
        name_en="Attempts on one number in a day", name_zh="未接通拨打次数",
        text="When nobody answers, at most 6 attempts a calendar day on one number, unless the "
        "debtor agreed otherwise.",
        text_zh="电话未接通的，对同一联系方式当日拨打不超过6次，另有约定的除外。",
    ),
    _rule(
        id="COL-DIAL-3-NIFA", key="dialled_calls", confidence="low", enabled=False, when=by_voice,
        due=partial(capped, "dialled", MOST_DIALLED, lambda facts: len(voice_log(facts)),
                    ("calls dialled", "拨打")),
        citation="互联网金融贷后催收业务指引（2024）",
        name_en="Calls dialled in a day (older wording)", name_zh="拨打电话频次（旧）",
        text="At most 3 calls a day, answered or not: wording that the standard of 2025 replaced. "
        "Unconfirmed: off until checked.",
        text_zh="每日拨打不超过3次，不论是否接通：已被2025年标准取代的旧规定。未经核实，默认关闭。",
    ),
)  # fmt: skip
