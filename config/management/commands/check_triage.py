"""Compare triage and masking with what people expect of messages: ``check_triage FILE…``."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.redaction import redact
from triage.agreement import JUDGED, TOLD, Agreement, Miss, judge
from triage.samples import BadSamples, Sample, read


class Command(BaseCommand):
    help = "Compare what triage suggests with what is expected of the messages in FILE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument(
            "--require", nargs="+", default=[], metavar="NAME=N", type=_requirement,
            help="be content when so many agree, such as kind=38; default: all that is judged",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        samples = [one for path in options["files"] for one in _samples(path)]
        found = judge(samples, _mask)
        for name in (*JUDGED, *TOLD):
            self.stdout.write(f"{name:16} {found.agreed[name]} of {found.asked[name]}")
        for miss in found.misses:
            self.stdout.write("\n".join(_lines(miss)))
        self._end(found, dict(options["require"]))

    def _end(self, found: Agreement, required: dict[str, int]) -> None:
        short = found.short_of(required)
        if short:
            message = f"Too few agree on {', '.join(short)}."
            raise CommandError(message)
        if not required and not found.whole:
            message = "Not everything agrees."
            raise CommandError(message)


def _requirement(told: str) -> tuple[str, int]:
    name, _, least = told.partition("=")
    if name not in (*JUDGED, *TOLD) or not least.isdecimal():
        message = f"{told} is no NAME=N with one of {', '.join((*JUDGED, *TOLD))}"
        raise ArgumentTypeError(message)
    return name, int(least)


def _samples(path: Path) -> list[Sample]:
    try:
        return read(path.read_text(encoding="utf-8"))
    except BadSamples as fault:
        message = f"{path}: {fault}."
    except UnicodeDecodeError:
        message = f"{path}: the file is not UTF-8."
    except OSError as fault:
        message = f"{path}: {fault.strerror}."
    raise CommandError(message, returncode=2)


def _mask(text: str) -> tuple[str, int]:
    redacted = redact(text)
    return redacted.text, len(redacted.kinds)


def _lines(miss: Miss) -> list[str]:
    told = [_seen(f"{miss.sample} {miss.about}: expected {miss.expected}, got {miss.got}")]
    for one in dict.fromkeys((each.words, each.row, each.why) for each in miss.because):
        words, row, why = one
        told.append(_seen(f"    “{words}” ({row}: {why})"))
    return told


def _seen(line: str) -> str:
    """A line that a terminal only shows: a message may hold signs that steer one."""
    return "".join(char if char.isprintable() else " " for char in line)
