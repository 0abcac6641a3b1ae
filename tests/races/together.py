"""Press several buttons in the same instant, each from a thread with a connection of its own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from kernel.errors import Refusal

EIGHT = 8
# A wait longer than this is a deadlock, or a lock that somebody forgot to give back.
_PATIENCE = "SET lock_timeout = '15s'; SET statement_timeout = '20s'"


def together(*presses: Callable[[], Any]) -> list[Any]:
    """What each press returned, or the refusal it met, in the order given.

    Anything but a refusal (a deadlock, a time-out, a constraint that nobody put into words) is
    raised: a race may be lost, but never by an accident.
    """
    barrier = threading.Barrier(len(presses))
    results: list[Any] = [None] * len(presses)

    def run(place: int, press: Callable[[], Any]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(_PATIENCE)
            barrier.wait(timeout=20)
            results[place] = press()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refusal):
            raise result
    return results


def told(results: Sequence[Any]) -> Counter[str]:
    """How often each refusal was met; a press that went through counts as ``done``."""
    return Counter(result.code if isinstance(result, Refusal) else "done" for result in results)
