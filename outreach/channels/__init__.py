"""Channels: one file each, with ``reaches(cardholder)`` and ``send(notice, letter, at=)``.

The folder is the registry: a new file here is a new channel, by its name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """Proof of what left: a masked address, the digest, and what paper could not show."""

    sent_to: str
    sha256: str
    unprintable: str = ""


class Undeliverable(Exception):
    """This channel will never reach this person; trying again is of no use."""
