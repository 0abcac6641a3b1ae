"""Fetch mail by IMAP. The mailbox learns that a mail was fetched only after we have kept it."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from intake import services
from intake.models import RawMessage

_TIMEOUT_SECONDS = 60
_BATCH = 500
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_FACTS = re.compile(rb"UID (\d+)")
_RECEIVED = re.compile(rb'INTERNALDATE "([^"]+)"')


class MailboxTrouble(Exception):
    """The mailbox answered no; nothing is lost, the next run tries again."""


def fetch(now: Callable[[], datetime]) -> Iterator[RawMessage]:
    """Keep and take what is unseen, oldest first; yields each row once its mail is marked.

    A fetcher that dies between keeping and marking leaves a mail that the next one fetches again,
    as a duplicate. So do two fetchers at once.

    Raises:
        MailboxTrouble, OSError: the server refuses or cannot be reached.
        ImproperlyConfigured: the address of the mailbox makes no sense.
    """
    services.take_waiting(now())
    with _open() as box:
        for uid in _unseen(box)[:_BATCH]:
            found = _content(box, uid)
            if found is None:
                continue
            content, received_at = found
            at = now()
            row = services.keep(content, door="imap", received_at=received_at or at, at=at)
            _mark(box, uid)
            yield services.take(row, at=now())


@contextmanager
def _open() -> Iterator[imaplib.IMAP4]:
    """The mailbox of the settings, selected."""
    url = urlsplit(settings.IMAP_URL)
    if url.scheme not in {"imap", "imaps"} or not url.hostname or not url.username:
        raise ImproperlyConfigured(
            "RECOURSE_IMAP_URL must look like imaps://user:password@host:993/INBOX."
        )
    try:
        box = _connected(url)
        try:
            box.login(unquote(url.username), unquote(url.password or ""))
            _ok(box.select(_quoted(unquote(url.path.strip("/")) or "INBOX")))
            yield box
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                box.logout()
    except imaplib.IMAP4.error as error:
        raise MailboxTrouble(str(error)) from error


def _connected(url: SplitResult) -> imaplib.IMAP4:
    """A line that nobody listens in on; without TLS only inside one machine."""
    host, secure = url.hostname or "", ssl.create_default_context()
    if url.scheme == "imaps":
        return imaplib.IMAP4_SSL(
            host, url.port or 993, ssl_context=secure, timeout=_TIMEOUT_SECONDS
        )
    box = imaplib.IMAP4(host, url.port or 143, timeout=_TIMEOUT_SECONDS)
    if host not in _LOOPBACK:
        _ok(box.starttls(ssl_context=secure))
    return box


def _unseen(box: imaplib.IMAP4) -> list[str]:
    answer = _ok(box.uid("SEARCH", "UNSEEN UNDELETED"))
    return sorted((one.decode() for one in (answer[0] or b"").split()), key=int)


def _content(box: imaplib.IMAP4, uid: str) -> tuple[bytes, datetime | None] | None:
    """The bytes, and when our server received them; ``None`` when another fetcher moved it away.

    Of a mail that is too large just so much is fetched that it shows; it stays in the mailbox.
    """
    most = settings.MAIL_BYTES + 1
    answer = _ok(box.uid("FETCH", uid, f"(UID INTERNALDATE BODY.PEEK[]<0.{most}>)"))
    for item in answer:
        if isinstance(item, tuple) and _FACTS.search(item[0]):
            found = _RECEIVED.search(item[0])
            return item[1], _instant(found.group(1).decode()) if found else None
    return None


def _instant(text: str) -> datetime | None:
    """Read ``24-Nov-2026 15:41:17 +0000``; ``None`` when the server writes something else."""
    try:
        return parsedate_to_datetime(text.strip().replace("-", " ", 2)).astimezone(UTC)
    except ValueError:
        return None


def _mark(box: imaplib.IMAP4, uid: str) -> None:
    """Say that we have it: seen, and moved where a folder for it is set."""
    _ok(box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))
    folder = settings.IMAP_DONE
    if not folder:
        return
    # What the server can is known in full only after the sign-in; the library asks before it.
    can = _ok(box.capability())[-1].decode().upper().split()
    if "MOVE" in can:
        _ok(box.uid("MOVE", uid, _quoted(folder)))
        return
    _ok(box.uid("COPY", uid, _quoted(folder)))
    _ok(box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))
    if "UIDPLUS" in can:
        # A plain EXPUNGE would take along what others have marked.
        _ok(box.uid("EXPUNGE", uid))


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ok(answer: tuple[str, list]) -> list:  # type: ignore[type-arg]  # as imaplib has it
    status, found = answer
    if status != "OK":
        raise MailboxTrouble(str(found[:1]))
    return found
