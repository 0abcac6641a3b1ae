from __future__ import annotations

import signal
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command

from outreach import jobs
from outreach.management.commands import work
from outreach.models import Notice
from tests import make
from tests.outreach.letters import NOON, Case

pytestmark = pytest.mark.django_db


def test_work_once_delivers_everything_and_says_so(capsys, mailoutbox):
    holder = make.cardholder()
    make.filed(holder)
    make.filed(holder)

    call_command("work", "--once")

    assert capsys.readouterr().out == "Done: clock 0, letters 2, repeats 0.\n"
    assert len(mailoutbox) == 2


def test_clock_job_does_what_time_demands():
    case = Case("en").lend(10_000).press("announce_reversal", item=1)

    jobs.clock(NOON + timedelta(days=6))
    assert case.row.items.get().credit == "reversal_announced"
    assert jobs.clock(NOON + timedelta(days=7)) == 1
    assert case.row.items.get().credit == "reversed"


def test_letters_job_takes_one_at_a_time(mailoutbox):
    Case("en").press("acknowledge")

    assert [jobs.letters(NOON) for _run in range(3)] == [1, 1, 0]


def test_stopped_worker_takes_no_new_letter():
    stopped = threading.Event()
    stopped.set()
    Case("en")

    assert work._drain("letters", stopped) == 0
    assert not Notice.objects.exists()


def test_work_goes_on_until_a_signal(monkeypatch, capsys, mailoutbox):
    make.filed()
    rests = []

    class Stopped(threading.Event):
        def wait(self, seconds: float | None = None) -> bool:
            rests.append(seconds)
            if len(rests) == 3:
                signal.raise_signal(signal.SIGTERM)
            return True

    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    monkeypatch.setattr(work.threading, "Event", Stopped)
    try:
        call_command("work", "--interval", "0.5")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])

    assert rests == [0.5, 0.5, 0.5]
    assert len(mailoutbox) == 1
    assert "Working." in capsys.readouterr().out
