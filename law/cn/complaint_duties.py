"""Who may complain to a bank in mainland China and how it must be handled, beside the clock."""

from __future__ import annotations

from functools import partial

from law.cn.complaints import CBIRC
from law.counts import no_date
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

MOST_REPRESENTATIVES, MAJOR_FROM = 5, 20


def representatives(facts: Facts, trace: Trace) -> Term:
    """Art. 12: a joint complaint in person has at most 5 representatives (代表人数不超过5名)."""
    trace.start(facts.day("received"), "complaint received", "收到投诉")
    people = facts.number("representatives")
    trace.say(f"{people} representatives, at most 5", f"代表{people}名，不超过5名")
    return Term(verdict="allowed" if people <= MOST_REPRESENTATIVES else "too_many_representatives")


def major(facts: Facts, trace: Trace) -> Term:
    """Ch. 4: 重大消费投诉; the marker of 20 people comes from the insurance rule of 2013."""
    trace.start(facts.day("received"), "complaint received", "收到投诉")
    people = facts.number("complainants")
    trace.say(f"{people} complainants on one cause", f"同一事由投诉人{people}名")
    return Term(verdict="major" if people >= MAJOR_FROM else "ordinary")


_rule = partial(Rule, severity="statutory", kinds=("complaint",), starts="received")
_duty = partial(_rule, nature="duty", due=no_date)

RULES = (
    _rule(
        id="CMP-REPS-5", key="representatives", confidence="certain", nature="verdict",
        due=representatives, when=lambda facts: facts.has("representatives"),
        citation=f"{CBIRC} art. 12",
        name_en="Representatives of a joint complaint", name_zh="共同投诉代表",
        text="A joint complaint made in person is made by at most 5 representatives.",
        text_zh="多名投诉人以面谈方式共同投诉的，代表人数不超过5名。",
    ),
    _duty(
        id="CMP-CONTENT", key="ask_no_more", confidence="certain", citation=f"{CBIRC} art. 13",
        name_en="Ask for no more than is needed", name_zh="投诉材料",
        text="The bank may ask for name, identity and contact, the respondent, the claim, its "
        "facts and grounds, and a signature on paper; never for what it already holds.",
        text_zh="可要求提供投诉人基本情况、被投诉对象、投诉请求、主要事实和依据；已掌握或可查得的材料，"
        "不得要求投诉人提供。",
    ),
    _duty(
        id="CMP-AGENT", key="accept_agent", confidence="certain", citation=f"{CBIRC} art. 14",
        name_en="Accept an agent", name_zh="委托投诉",
        text="Where the complainant truly has difficulty an agent is accepted: the signed "
        "authorisation, the agent's identity and contact may be asked for; heirs bring proof.",
        text_zh="投诉人确有困难的，可委托他人代为投诉，并提供授权委托书原件、受托人身份证明和联系方式；"
        "继承人提供相应证明。",
    ),
    _duty(
        id="CMP-RECUSAL", key="recuse", confidence="high", citation=f"{CBIRC} ch. 3",
        name_en="Nobody verifies their own matter", name_zh="投诉处理回避",
        text="Whoever verifies a complaint has no direct interest in it: collections does not "
        "investigate itself.",
        text_zh="应指定与被投诉事项无直接利益关系的人员核实投诉。",
    ),
    _duty(
        id="CMP-REMEDIES", key="tell_remedies", confidence="high", citation=f"{CBIRC} ch. 3",
        name_en="Tell the ways on with the decision", name_zh="救济途径告知",
        text="The decision states what was verified, its basis and reasons, and the ways on: "
        "review, mediation, arbitration, court.",
        text_zh="处理决定应告知核实情况、依据和理由，以及申请核查、调解、仲裁、诉讼等救济途径。",
    ),
    _rule(
        id="CMP-MAJOR-20", key="major", confidence="low", enabled=False, nature="verdict",
        due=major, when=lambda facts: facts.has("complainants"), citation=f"{CBIRC} ch. 4",
        name_en="A major complaint", name_zh="重大消费投诉",
        text="A complaint of 20 people or more on one cause is handled as an emergency and "
        "promptly reported. Unconfirmed: off until checked.",
        text_zh="同一事由20名以上投诉人的重大投诉，应当应急处置并及时报告。未经核实，默认关闭。",
    ),
)  # fmt: skip
