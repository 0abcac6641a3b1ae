"""Write docs/states.md: each machine as a diagram and a table, from the transitions in the code."""

from __future__ import annotations

from config import machines
from config.pages import GeneratedPage


class Command(GeneratedPage):
    help = "Write docs/states.md from the machines."
    page = "states.md"

    def text(self) -> str:
        return machines.markdown()
