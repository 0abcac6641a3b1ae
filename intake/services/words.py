"""What a mail says, as it goes into a case: masked, never longer than a message may be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import redaction
from intake import mime, store
from intake.mime import File, Mail
from intake.models import RawMessage
from tickets.messages import LONGEST

_CUT = 400  # room for the sentence that says that it goes on


def story(mail: Mail) -> str:
    """Subject and text, masked; what does not fit is cut and said to be."""
    whole = _whole(mail)
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST - _CUT] + "\n\n" + _("[The rest is in the file beside this message.]")


def files(mail: Mail) -> list[File]:
    """The files of a mail, and its whole text where that does not fit into a message.

    Text that we make ourselves out of an enclosed mail is masked as every text is.
    """
    whole = _whole(mail)
    found = [_masked(one) if one.name.startswith("mail-") else one for one in mail.files]
    if len(whole) > LONGEST:
        found.append(File("whole-text.txt", "text/plain", whole.encode()))
    return found


def of(row: RawMessage) -> Mail | None:
    """Read a kept mail again; ``None`` when it was erased or cannot be read."""
    if not row.stored_as or row.why == RawMessage.Why.TOO_LARGE:
        return None
    try:
        return mime.read(store.get(row.stored_as))
    except mime.Unreadable:
        return None


def _whole(mail: Mail) -> str:
    text = mail.text or (_("(No text; see the files.)") if mail.files else _("(No text.)"))
    return redaction.mask(f"{mail.subject}\n\n{text}".strip() if mail.subject else text)


def _masked(file: File) -> File:
    text = file.content.decode(errors="replace") if file.media_type == "text/plain" else ""
    return File(file.name, file.media_type, redaction.mask(text).encode() if text else file.content)
