"""Files of a case: what they are is proved from their bytes before they are kept."""

from __future__ import annotations

import hashlib
import socket
import struct
from datetime import datetime
from pathlib import PurePath

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from kernel import references
from kernel.actors import Actor
from kernel.errors import NotNow, Unfit
from tickets.machine import record
from tickets.models import Attachment, Ticket
from tickets.models.ticket import CLOSED

# What staff may be asked to open, by its proven type, with the endings that go with it.
ALLOWED = {
    "application/pdf": {".pdf"},
    "image/jpeg": {".jpg", ".jpeg"},
    "image/png": {".png"},
    "image/heic": {".heic", ".heif"},
    "text/plain": {".txt"},
}
# What senders also call these types; who sends "octet-stream" does not know, and claims nothing.
_CALLED = {"image/jpg": "image/jpeg", "image/heif": "image/heic", "application/octet-stream": ""}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_CHUNK = 64 * 1024


def attach(
    ticket: Ticket,
    *,
    name: str,
    content: bytes,
    actor: Actor,
    at: datetime,
    purpose: str = "",
    claimed_type: str = "",
) -> Attachment:
    """Keep a file, once a case. The same bytes again return the first row.

    Raises:
        Unfit: empty, too large, of a type that is not taken, lying about its type, infected.
        NotNow: the case is closed or has files enough.
    """
    media_type = proven_type(name, content, claimed_type)
    row = Attachment(
        ticket=ticket,
        ref=references.new("F"),
        name=_shown_name(name),
        media_type=media_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        purpose=purpose,
        at=at,
        actor_kind=actor.kind,
        actor_ref=actor.ref,
    )
    # Before anything is locked: a scanner may think for seconds.
    if not ticket.attachments.filter(sha256=row.sha256).exists():
        _scan(content)
    return _keep(row, content, actor=actor, at=at)


@transaction.atomic
def _keep(row: Attachment, content: bytes, *, actor: Actor, at: datetime) -> Attachment:
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=row.ticket_id)
    if ticket.state == CLOSED:
        raise NotNow("case_closed", _("This case is closed. Ask for it to be opened again first."))
    known = ticket.attachments.filter(sha256=row.sha256).first()
    if known is not None:
        return known
    if ticket.attachments.count() >= settings.ATTACHMENTS_A_CASE:
        raise NotNow("evidence_limit_reached", _("This case has as many files as one may have."))
    row.file.save(row.ref, ContentFile(content), save=False)
    row.save(force_insert=True)
    facts = {"attachment": row.ref, "sha256": row.sha256, "purpose": row.purpose}
    record(ticket.pk, "ticket.attach", actor=actor, at=at, facts=facts)
    return row


def proven_type(name: str, content: bytes, claimed_type: str = "") -> str:
    """What the bytes are, if that is taken and agrees with what the name and sender claim.

    Raises:
        Unfit: see :func:`attach`.
    """
    if not content:
        raise Unfit("file_empty", _("The file is empty. Send it again."))
    if len(content) > settings.ATTACHMENT_BYTES:
        raise Unfit(
            "file_too_large",
            _("A file may have %(most)d MB.") % {"most": settings.ATTACHMENT_BYTES // 1_048_576},
        )
    found = _type_of(content)
    if found not in ALLOWED:
        raise Unfit("file_type_refused", _("Send a PDF, JPEG, PNG, HEIC or plain text file."))
    ending = PurePath(name).suffix.lower()
    claimed = _CALLED.get(claimed_type, claimed_type)
    if ending not in ALLOWED[found] or claimed not in {"", found}:
        raise Unfit(
            "file_type_lies",
            _("The file says it is %(claimed)s but is %(found)s. Save it again and send it.")
            % {"claimed": claimed_type or ending or "?", "found": found},
        )
    return found


def _type_of(content: bytes) -> str:
    try:
        found = puremagic.from_string(content, mime=True)
    except puremagic.PureError:
        found = ""
    if _is_heic(content):
        return "image/heic"
    if found == "text/plain":  # a guess from a byte-order mark; the bytes are read below
        found = ""
    if found in ALLOWED:
        return found
    if b"\x00" in content[:_CHUNK]:
        return found or "application/octet-stream"
    try:
        content.decode()
    except UnicodeDecodeError:
        return found or "application/octet-stream"
    # Text that a browser or an office program would run is not plain text.
    head = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    runs = head.startswith((b"<", b"#!", b"{\\rtf")) or b"<script" in head
    return (found or "text/html") if runs else "text/plain"


def _is_heic(content: bytes) -> bool:
    """Read the brands of the first box: cameras write HEIC under several."""
    size = int.from_bytes(content[:4], "big")
    brands = {content[at : at + 4] for at in (8, *range(16, min(size, 128), 4))}
    return content[4:8] == b"ftyp" and bool(brands & _HEIC_BRANDS)


def _shown_name(name: str) -> str:
    """The name as staff see it: no path, no control characters, no card number."""
    bare = PurePath(name.replace("\\", "/")).name
    clean = "".join(char for char in bare if char.isprintable())
    return redaction.redact(clean).text[-120:] or "file"


def _scan(content: bytes) -> None:
    """Ask clamd (INSTREAM) about the bytes, where one is attached.

    Raises:
        Unfit: it found something. NotNow: it does not answer; nothing is taken unscanned.
    """
    if not settings.SCANNER:
        return
    host, _sep, port = settings.SCANNER.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(b"zINSTREAM\x00")
            for start in range(0, len(content), _CHUNK):
                part = content[start : start + _CHUNK]
                line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
            verdict = line.recv(4096).decode(errors="replace")
    except OSError as error:
        raise NotNow(
            "scanner_silent", _("Files cannot be checked just now. Send it again in a while.")
        ) from error
    if "FOUND" in verdict:
        raise Unfit("malware", _("The file holds malware and was not kept."))
    if "OK" not in verdict:
        raise NotNow(
            "scanner_silent", _("Files cannot be checked just now. Send it again in a while.")
        )
