"""Wait for another process, but not for ever."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable


def until(
    holds: Callable[[], bool], *, within: float, alive: subprocess.Popen[bytes] | None = None
) -> None:
    """Ask again until ``holds``; fail after ``within`` seconds, or when the process has ended."""
    give_up = time.monotonic() + within
    while not holds():
        assert alive is None or alive.poll() is None, "the process ended before it was ready"
        assert time.monotonic() < give_up, f"nothing came within {within} seconds"
        time.sleep(0.3)
