"""A random walk over every verb of a complaint: the people, the letters and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from complaints import services
from complaints.models import Complaint
from kernel import actors
from kernel.actors import Actor
from kernel.errors import Refusal
from tests import make

PLACES = ["us", "gb", "cn", "au"]
VERBS = [
    "acknowledge", "investigate", "classify", "recuse", "extend", "draft_decision", "send_back",
    "respond", "summary_resolve", "request_review", "decide_review", "refer_out", "record_ruling",
    "withdraw", "reopen",
]  # fmt: skip


class Walk:
    """One complaint, some people, and a clock; ``step`` does one random thing."""

    def __init__(self, seed: int, start: datetime) -> None:
        self.dice, self.now = Random(seed), start
        holder = make.cardholder(jurisdiction=self.dice.choice(PLACES))
        self.people: list[Actor] = [
            make.clerk("customer_service"), make.clerk("customer_service"), make.clerk("finance"),
            make.clerk("collections"), make.clerk("lead", "customer_service"), make.clerk("lead"),
            actors.cardholder(holder), actors.cardholder(make.cardholder()),
        ]  # fmt: skip
        self.complaint = make.complained(
            of=make.account(holder), at=start,
            payment_services=self.dice.choice([True, None]),
            complained_of_user=self.dice.choice([None, self.people[0].user]),
        )  # fmt: skip
        self.log: list[str] = []

    def case(self) -> Complaint:
        """The complaint as it stands."""
        return Complaint.objects.select_related("ticket").get(pk=self.complaint.pk)

    def step(self) -> None:
        """Do one thing; a refusal is an answer too."""
        self.now += timedelta(minutes=self.dice.randrange(1, 1_500))
        verb = self.dice.choice([*VERBS, "letters", "letters", "regulator"])
        try:
            {"letters": self.letters, "regulator": self.regulator}.get(
                verb, lambda: self.press(verb)
            )()
            self.log.append(f"{verb}: done")
        except Refusal as refusal:
            self.log.append(f"{verb}: {refusal.code}")

    def press(self, verb: str) -> None:
        case = self.case()
        inputs: dict[str, Callable[[], dict[str, Any]]] = {
            "classify": lambda: {"category": "fee", "payments": self.dice.random() < 0.2},
            "recuse": lambda: {"user": self.dice.choice([None, self.people[1].user])},
            "extend": lambda: {
                "because": "We wait.", "approver": "Head office",
                "expected_on": (self.now + timedelta(days=self.dice.randrange(1, 60))).date(),
            },
            "draft_decision": lambda: {"draft": self.draft(case)},
            "send_back": lambda: {"because": "Not clear."},
            "summary_resolve": lambda: {"draft": self.draft(case), "accepted": "Fine."},
            "request_review": lambda: {"because": "No."},
            "decide_review": lambda: {"draft": self.draft(case)},
            "refer_out": lambda: {"body": "court", "reference": "7"},
            "record_ruling": lambda: {"ruling": self.ruling()},
            "reopen": lambda: {"because": "More."},
        }  # fmt: skip
        who = self.dice.choice(self.people)
        getattr(services, verb)(case, actor=who, at=self.now, **inputs.get(verb, dict)())

    def draft(self, case: Complaint) -> services.Draft:
        """An answer that is sometimes dear and sometimes not complete."""
        minor = self.dice.choice([0, 1_000, 90_000_000])
        fields = {
            "redress": [("goodwill", minor)] if minor else [("apology", 0)],
            "refund_on": self.now.date() + timedelta(days=3) if minor else None,
            "points": [("It", self.dice.choice(["upheld", "not_upheld"]))],
        }
        if self.dice.random() < 0.2:
            fields[self.dice.choice(["found", "basis", "root_cause"])] = ""
        return make.drafted(case, **fields)

    def ruling(self) -> services.Ruling:
        return services.Ruling(
            outcome=self.dice.choice(["upheld", "not_upheld", "none"]), on=self.now.date(),
            redress=self.dice.choice([[], [("goodwill", 700)]]),
        )  # fmt: skip

    def letters(self) -> None:
        """Whatever letter waits leaves: the answer's, or that of an extension."""
        services.extension_left(self.case(), at=self.now)
        services.letter_left(self.case(), at=self.now)

    def regulator(self) -> None:
        services.receive(
            self.case().ticket.cardholder,
            make.grievance(
                joins=self.case().ticket.reference, source="regulator",
                body=self.dice.choice(["nfra", "pboc"]),
                external_ref=f"{self.complaint.pk} {self.now}",
            ),
            actor=self.people[0], at=self.now,
        )  # fmt: skip

    def finish(self) -> None:
        """Let a diligent desk bring it to its end: proof that there is a way out."""
        one, two = make.clerk("lead", "customer_service"), make.clerk("lead")
        for _turn in range(12):
            case, at = self.case(), self.now
            if case.state in {"received", "acknowledged"}:
                services.investigate(case, actor=one, at=at)
            elif case.state == "investigating":
                services.draft_decision(case, actor=one, at=at, draft=self.whole(case))
            elif case.state == "drafted":
                mine = case.decisions.get(state="drafted").drafted_by == two.ref
                services.respond(case, actor=one if mine else two, at=at)
            elif case.state == "responding":
                services.letter_left(case, at=at)
            elif case.state == "under_review":
                services.decide_review(
                    case, actor=make.clerk("lead"), at=at, draft=self.whole(case)
                )
            elif case.state == "referred":
                services.record_ruling(case, actor=one, at=at, ruling=self.ruling())
            self.now += timedelta(days=1)

    def whole(self, case: Complaint) -> services.Draft:
        return make.drafted(case, refund_on=self.now.date() + timedelta(days=3))
