"""A mail server that can be made to hang just before or just after it has taken a letter."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from django.core.mail.backends.filebased import EmailBackend as FileBackend


class EmailBackend(FileBackend):
    """``SLOW_MAIL`` is "before" or "after"; the file ``in_flight`` says that it hangs now."""

    def send_messages(self, messages: Any) -> int:
        when = os.environ.get("SLOW_MAIL")
        if when == "before":
            self._hang()
        sent = super().send_messages(messages)
        if when == "after":
            self._hang()
        return sent

    def _hang(self) -> None:
        Path(os.environ["RECOURSE_VAR"], "in_flight").touch()
        time.sleep(60)
