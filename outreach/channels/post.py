"""Post: a PDF in a folder, from which a print shop or a mail room takes it."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from accounts.models import Cardholder
from outreach import paper, wording
from outreach.blocks import Letter
from outreach.channels import Receipt, Undeliverable
from outreach.models import Notice
from outreach.reader import Reader


def reaches(holder: Cardholder) -> bool:
    """Say whether an address is known."""
    return bool(holder.postal_address.strip())


def send(notice: Notice, letter: Letter, *, at: datetime) -> Receipt:
    """Put the letter's PDF into the spool folder, whole or not at all.

    The file bears the notice's name: a second copy replaces the first while it still lies there.

    Raises:
        Undeliverable: there is no address.
        OSError: the folder cannot be written; try again later.
    """
    holder = notice.ticket.cardholder
    if not reaches(holder):
        raise Undeliverable("no postal address")
    address = wording.clean([holder.name, *wording.lines(holder.postal_address)])
    pdf = paper.typeset(
        letter,
        paper.Envelope(
            issuer=settings.ISSUER_NAME, contact=settings.ISSUER_ADDRESS,
            address=address, date=Reader(holder, notice.language).day(at),
            reference=notice.ticket.reference, language=notice.language,
            paper="us-letter" if notice.ticket.jurisdiction == "us" else "a4",
        ),
        at=at,
    )  # fmt: skip
    _put(Path(settings.POST_SPOOL), f"{notice.ref}.pdf", pdf)
    shown = " ".join([*address, letter.subject, letter.plain()])
    return Receipt("post", hashlib.sha256(pdf).hexdigest(), paper.unprintable(shown)[:60])


def _put(folder: Path, name: str, content: bytes) -> None:
    """Write beside, then rename: whoever empties the folder never sees half a letter."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}.{os.getpid()}"
    with beside.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(folder / name)
