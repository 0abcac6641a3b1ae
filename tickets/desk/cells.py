"""Small pieces of lists, made without templates: a list of fifty rows holds hundreds of them.

``format_html`` escapes whatever is put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from unfold.widgets import CHECKBOX_CLASSES

from tickets.desk.clocks import Left
from tickets.models import Ticket

_ALERT = mark_safe(
    '<span class="material-symbols-outlined desk-alert-dot" aria-hidden="true">error</span>'
)
_BOX = " ".join([*CHECKBOX_CLASSES, "action-select"])


def case_link(ticket: Ticket) -> SafeString:
    """The case's reference, leading to its page; with a dot when the lead was told of it."""
    return format_html(
        '<span class="desk-row-cell"><a class="desk-ref" href="{}" data-row-link data-pk="{}" '
        'data-version="{}">{}</a>{}</span>',
        reverse("admin:tickets_ticket_change", args=[ticket.pk]), ticket.pk, ticket.seq,
        ticket.reference, _ALERT if ticket.alert else "",
    )  # fmt: skip


def customer(ticket: Ticket) -> SafeString:
    """The name, the card's last four digits, and that care is needed."""
    digits = f"••••{ticket.account.last_four}" if ticket.account else ""
    more = f" · {_('vulnerable')}" if ticket.cardholder.vulnerable else ""
    return format_html(
        '<span class="desk-two"><span dir="auto">{}</span>'
        '<span class="desk-sub">{}{}</span></span>',
        ticket.cardholder.name, digits, more,
    )  # fmt: skip


def badge(label: Any, tone: str = "calm") -> SafeString:
    """A state in words, on a colour that repeats them."""
    return format_html('<span class="desk-badge desk-tone-{}">{}</span>', tone, label)


def badges(found: Iterable[tuple[Any, str]]) -> SafeString:
    """Several of them."""
    return format_html(
        '<span class="desk-badges">{}</span>',
        format_html_join("", "{}", ((badge(label, tone),) for label, tone in found)),
    )


def countdown(found: Left | None) -> SafeString | str:
    """How long is left, which the page's script keeps ticking."""
    if found is None:
        return "—"
    return format_html(
        '<time class="desk-left desk-left-{}" datetime="{}" data-left>{}</time>',
        found.tone, found.at.isoformat(), found.text,
    )  # fmt: skip


def ago(at: datetime, span: str) -> SafeString:
    """How long ago something was."""
    words = _("%(ago)s ago") % {"ago": span}
    return format_html('<time class="desk-sub" datetime="{}">{}</time>', at.isoformat(), words)


def clipped(text: str) -> SafeString:
    """A text that is cut to its column and whole under the pointer."""
    return format_html('<span class="desk-clip" title="{0}">{0}</span>', text)


def amount(money: Any) -> SafeString | str:
    """An amount, aligned with those above and below it."""
    return format_html('<span class="desk-amount">{}</span>', money) if money else "—"


def checkbox(row: Any, label: str) -> SafeString:
    """The box that selects a row, with the theme's look and without its template."""
    return format_html(
        '<input type="checkbox" name="{}" value="{}" class="{}" aria-label="{}">',
        ACTION_CHECKBOX_NAME, row.pk, _BOX, label,
    )  # fmt: skip
