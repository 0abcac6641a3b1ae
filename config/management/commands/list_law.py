"""Write docs/law.md: every rule with its citation, from the code."""

from __future__ import annotations

from config.pages import GeneratedPage
from law import book


class Command(GeneratedPage):
    help = "Write docs/law.md from law/."
    page = "law.md"

    def text(self) -> str:
        return book.markdown()
