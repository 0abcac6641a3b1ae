"""Every message has its Chinese, with the same blanks, and Django loads what the file says."""

from __future__ import annotations

import re
from functools import cache

from config import catalogue

_BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@cache
def _merged():
    return catalogue.merged()


def _pairs():
    for message in _merged():
        if message.id and message.string:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            strings = [message.string] if isinstance(message.string, str) else message.string
            yield ids, [one for one in strings if one]


def test_every_message_is_translated():
    assert catalogue.untranslated(_merged()) == []


def test_the_catalogue_and_its_compiled_twin_are_fresh():
    stale = [
        name
        for name, content in catalogue.files(_merged()).items()
        if (catalogue.folder() / name).read_bytes() != content
    ]

    assert stale == []


def test_translations_have_the_blanks_of_what_they_translate():
    found = [
        (ids[0], string)
        for ids, strings in _pairs()
        for string in strings
        if sorted(set(_BLANK.findall(string))) != sorted(set(_BLANK.findall(ids[-1])))
    ]

    assert found == []
