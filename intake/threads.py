"""Which case a mail answers: told by what we issued and nobody can guess, never by a subject."""

from __future__ import annotations

from dataclasses import dataclass

from intake.mime import Mail
from outreach import reply_addresses
from outreach.models import Notice
from tickets.models import Ticket


@dataclass(frozen=True)
class Thread:
    """The cases that a mail names by a token of ours, and whether it bears a false one."""

    tickets: tuple[Ticket, ...]
    forged: bool


def of(mail: Mail) -> Thread:
    """Read reply addresses among the recipients, and our own letters' ids among the answered."""
    references, forged = set(), False
    for address in mail.recipients:
        found = reply_addresses.read(address)
        if found == "":
            forged = True
        elif found is not None:
            references.add(found)
    letters = [letter_ref(one) for one in mail.answers]
    known = Notice.objects.filter(ref__in=[one for one in letters if one], state="sent")
    references |= set(known.values_list("ticket__reference", flat=True))
    rows = Ticket.objects.filter(reference__in=references).select_related("cardholder")
    return Thread(tuple(rows.order_by("pk")), forged)


def letter_ref(message_id: str) -> str:
    """The letter that a message id of ours names; empty for anybody else's."""
    name, _at, domain = message_id.partition("@")
    return name if domain.lower() == reply_addresses.own_domain() else ""
