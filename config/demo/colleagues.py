"""Stories of colleagues: questions to another department, and cases that change hands."""

from __future__ import annotations

from config.demo.case import Case
from config.demo.claims import opened
from config.demo.timeline import Steps
from config.demo.verdict import answer
from disputes import services
from tickets import services as tickets
from tickets import tasks
from tickets.departments import COLLECTIONS, CUSTOMER_SERVICE, FINANCE


def department_answered(case: Case) -> Steps:
    """A question to customer service, and its answer; the owner never changes."""
    yield from opened(case)
    yield 1
    task = case.on_ticket(
        tasks.ask, department=CUSTOMER_SERVICE, question=case.say("task", to="desk")
    )
    yield 1
    tasks.answer(task, actor=case.front, at=case.at, text=case.say("task_answer", to="desk"))
    yield 4
    case.do(services.resolve, answer=answer(case, "won"))


def department_silent(case: Case) -> Steps:
    """A question to collections that nobody has answered."""
    yield from opened(case, credit=False)
    yield 1
    case.on_ticket(tasks.ask, department=COLLECTIONS, question=case.say("task", to="desk"))


def department_returns(case: Case) -> Steps:
    """The question comes back: it was for somebody else."""
    yield from opened(case, credit=False)
    yield 1
    task = case.on_ticket(
        tasks.ask, department=CUSTOMER_SERVICE, question=case.say("task", to="desk")
    )
    yield 1
    tasks.give_back(task, actor=case.front, at=case.at, text=case.say("task_back", to="desk"))


def handed_over(case: Case) -> Steps:
    """Began as a question about a name and became a money claim."""
    case.file()
    yield 1
    _hand_over(case, CUSTOMER_SERVICE)
    yield 2
    _hand_over(case, FINANCE)


def handed_round(case: Case) -> Steps:
    """Three hand-overs: the lead is told."""
    yield from handed_over(case)
    yield 2
    _hand_over(case, CUSTOMER_SERVICE)


def with_collections(case: Case) -> Steps:
    """The account is overdue: whoever speaks with the cardholder anyway takes this over too."""
    case.file()
    yield 1
    _hand_over(case, COLLECTIONS)


def _hand_over(case: Case, to: str) -> None:
    by = case.front if to == FINANCE else case.clerk
    words = case.say("handover", to="desk")
    case.on_ticket(tickets.reroute, by=by, to=to, because="The matter changed", summary=words)
