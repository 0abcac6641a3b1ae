"""Addresses of the desk, and what stands on its pages."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse

QUEUE = "/admin/tickets/ticket/"


def case(row: Any) -> str:
    """The case page of a ticket, or of whatever hangs on one."""
    ticket = getattr(row, "ticket", row)
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def do(row: Any, verb: str) -> str:
    """The address of a verb's button."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_do", args=[row.pk, verb])


def version(row: Any) -> str:
    """The case's version as a page would carry it now."""
    ticket = getattr(row, "ticket", row)
    return str(type(ticket).objects.get(pk=ticket.pk).seq)


def buttons(answer: Any) -> list[str]:
    """The verbs whose buttons a page shows."""
    return re.findall(r'data-verb="([a-z_]+)"', answer.content.decode())


def told(answer: Any) -> str:
    """The messages that a page shows after a press, as one text."""
    return " ".join(str(one) for one in answer.context["messages"])
