"""Writes a letter: the notice's template in its language, filled with the case's words."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.template import Context, Engine
from django.utils import translation

from outreach import blocks, context, wording
from outreach.letters import TEMPLATES
from outreach.models import Notice


def write(notice: Notice, *, at: datetime) -> blocks.Letter:
    """Write the letter as it leaves at ``at``.

    Nothing in the words is ever read as a template, and there is no HTML to escape for: a letter
    is plain text, on the screen and on paper.
    """
    with translation.override(notice.language):
        words = context.of(notice, at=at)
        template = engine(notice.language).get_template(f"{notice.letter}.txt")
        rendered = template.render(Context(words, autoescape=False))
    if wording.chinese(notice.language):
        return blocks.parse(rendered, joiner="", colon="：")
    return blocks.parse(rendered)


@cache
def engine(language: str) -> Engine:
    """The templates of one language; a folder is named as Django names a locale."""
    folder = TEMPLATES / translation.to_locale(language)
    return Engine(dirs=[str(folder)], autoescape=False)
