"""Regulation F, 12 CFR 1006: when a debt collector may call. A baseline for issuers' own work."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from law.facts import BadFact, Facts, zone_named
from law.rule import Rule, Term
from law.trace import Trace

IN_FORCE = date(2021, 11, 30)
MAX_CALLS = 7
SPAN = timedelta(6)  # seven consecutive days, the first one counted
VIOLATION, COMPLIANT = "presumed_violation", "presumed_compliant"
OPENS, CLOSES = time(8), time(21)  # both inclusive, to the instant
SPAN_OF_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


def frequency(facts: Facts, trace: Trace) -> Term:
    """1006.14(b)(2)(i)(A): more than seven calls in seven consecutive days.

    Each call placed counts, also twice a day; calls the person asked for do not. A call that is
    asked about (contact_at) counts too, unless it is ``exempt`` because the person asked for it,
    and then only the windows that hold it are looked at.
    """
    left = Counter(facts.every_day("calls"))
    if facts.has("excluded_calls"):
        left -= Counter(facts.every_day("excluded_calls"))
    asked = facts.day_or_none("contact_at")
    wanted = asked is not None and facts.flag("exempt")
    if asked is None:
        firsts = sorted(left)
    else:
        left[asked] += not wanted
        firsts = [asked - timedelta(back) for back in range(7)]
    most = max((_within(left, first) for first in firsts), default=0)
    known = sorted(left) or sorted(facts.every_day("calls"))
    if known:
        trace.start(known[0], "first call counted", "首次计入的拨打")
    else:
        trace.started_on = IN_FORCE  # no call at all: any day in force will do
    trace.say(f"at most {most} calls in seven consecutive days; 7 are presumed compliant",
              f"连续7日内最多拨打{most}次；7次以内推定合规")  # fmt: skip
    too_many = most > MAX_CALLS and not wanted
    return Term(verdict=VIOLATION if too_many else COMPLIANT, found={"max_in_window": most})


def _within(calls: Counter[date], first: date) -> int:
    return sum(count for day, count in calls.items() if first <= day <= first + SPAN)


def _called_in_force(facts: Facts) -> bool:
    days = [*facts.every_day("calls"), facts.day_or_none("contact_at") or date.min]
    return max(days) >= IN_FORCE or max(days) == date.min


def after_conversation(facts: Facts, trace: Trace) -> Term:
    """1006.14(b)(2)(i)(B): none in the seven days of which the conversation's is the first.

    (b)(3)(i): a call that the person asked for (``exempt``) waits for nothing.
    """
    spoke = trace.start(facts.day("conversation_on"), "conversation", "通话")
    if facts.flag("exempt"):
        trace.say("the person asked for the call", "本人要求来电")
        return Term(first_allowed_on=spoke, verdict=COMPLIANT)
    last = trace.days_from(spoke, 7)
    free = last + timedelta(1)
    acted = facts.day_or_none("acted_on")
    if acted is None:
        return Term(first_allowed_on=free)
    early = spoke <= acted < free
    return Term(first_allowed_on=free, verdict=VIOLATION if early else COMPLIANT)


def hours(facts: Facts, trace: Trace) -> Term:
    """1006.6(b)(1)(i): 8:00 to 21:00 where the consumer is, in every zone that may be theirs."""
    at = facts.instant("contact_at")
    local = [at.astimezone(zone) for zone in _zones(facts)]
    trace.start(local[0].date(), "contact", "联系")
    shown = [f"{one:%H:%M}" for one in local]
    agreed = facts.flag("consent")
    fits = all(OPENS <= one.time() <= CLOSES for one in local)
    named = any(_inconvenient(facts, one) for one in shown)
    trace.say(f"local time {', '.join(shown)}; 08:00 to 21:00 is open",
              f"当地时间{'、'.join(shown)}；允许时段为08:00至21:00")  # fmt: skip
    free = agreed or (fits and not named)
    return Term(verdict="allowed" if free else "prohibited", found={"local": shown})


def _zones(facts: Facts) -> list[ZoneInfo]:
    """Every zone that may be the consumer's, or the one in which the case counts its days."""
    names = facts.words("zones")
    if not names:
        return [zone_named(facts.counting_zone)]
    try:
        return [zone_named(name) for name in names]
    except BadFact:
        said = f"is {', '.join(names)}: give names of time zones, such as America/New_York"
        raise BadFact("zones", said) from None


def _inconvenient(facts: Facts, moment: str) -> bool:
    """Times that the consumer named, each as HH:MM-HH:MM, its end not inside."""
    for span in facts.words("inconvenient_times"):
        first, _, last = span.partition("-")
        if not SPAN_OF_TIME.fullmatch(span):
            raise BadFact("inconvenient_times", f'has "{span}": give times such as 12:00-13:00')
        over_midnight = first > last
        inside = (moment >= first or moment < last) if over_midnight else first <= moment < last
        if inside:
            return True
    return False


def cease(facts: Facts, trace: Trace) -> Term:
    """1006.6(c): no further contact after a written refusal, save for three notices.

    It ends when the consumer agrees to be contacted again, until a later refusal.
    """
    refused = trace.start(
        facts.day("cease_received_on"), "written refusal received", "收到书面拒绝"
    )
    again = facts.day_or_none("cease_withdrawn_on")
    if again is not None and again >= refused:
        trace.say(f"the consumer agreed to contact again {again}", f"消费者于{again}重新同意联系")
        return Term(again - timedelta(1), first_allowed_on=again)
    trace.say("no end; only the notices of 1006.6(c)(2) are free", "没有截止日；仅法定通知除外")
    return Term()


BASELINE = " Binds third-party collectors; a baseline for an issuer's own collection."
BASELINE_ZH = "约束第三方催收机构；发卡机构自行催收以此为基准。"
_rule = partial(
    Rule, severity="statutory", confidence="high", kinds=("contact",), binds="collector"
)

RULES = (
    _rule(
        id="US-REGF-14B2A-7IN7", key="call_frequency", starts="calls", due=frequency,
        nature="verdict", confidence="certain", when=_called_in_force,
        citation="12 CFR 1006.14(b)(2)(i)(A), (b)(3)",
        name_en="Seven calls in seven days", name_zh="七日内七次拨打",
        text="More than 7 calls about a debt within 7 consecutive days are presumed a violation; "
        "calls the person asked for do not count." + BASELINE,
        text_zh="连续7日内就同一债务拨打超过7次的，推定违规；应本人要求的拨打不计。" + BASELINE_ZH,
    ),
    _rule(
        id="US-REGF-14B2B-POSTCONV-7D", key="after_conversation", starts="conversation_on",
        due=after_conversation, nature="wait", in_force=(IN_FORCE, None),
        citation="12 CFR 1006.14(b)(2)(i)(B)",
        name_en="No call for seven days after a conversation", name_zh="通话后七日内不得拨打",
        text="After a conversation about the debt no call is placed for 7 days, the day of the "
        "conversation being the first." + BASELINE,
        text_zh="就债务通话后7日内（通话当日为第1日）不得再拨打。" + BASELINE_ZH,
    ),
    _rule(
        id="US-REGF-6B1-HOURS", key="hours", starts="contact_at", due=hours, nature="verdict",
        citation="12 CFR 1006.6(b)(1)(i); 15 USC 1692c(a)(1)",
        name_en="Hours of contact", name_zh="联系时段",
        text="Contact is allowed from 8:00 to 21:00 where the consumer is, in all likely time "
        "zones, and not at times the consumer called inconvenient." + BASELINE,
        text_zh="仅可在消费者所在地（所有可能时区）8时至21时联系，并避开其表示不便的时间。"
        + BASELINE_ZH,
    ),
    _rule(
        id="US-REGF-6C-CEASE", key="cease", starts="cease_received_on", due=cease,
        nature="prohibition", ended_by="cease_withdrawn_on",
        citation="12 CFR 1006.6(c); 15 USC 1692c(c)",
        name_en="Stop after a written refusal", name_zh="书面拒绝后停止联系",
        text="After the consumer's written refusal there is no further contact, save the notices "
        "that efforts end or a remedy follows." + BASELINE,
        text_zh="消费者书面拒绝后不得再联系，但告知停止催收或采取救济措施的通知除外。"
        + BASELINE_ZH,
    ),
)  # fmt: skip
