"""The desk's sidebar and its command palette."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.dataclasses import SearchResult

from kernel import references
from tickets.desk.desk import case_url
from tickets.models import Ticket
from tickets.permissions import visible_to


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages that this person may open."""
    file_at = reverse("admin:disputes_dispute_file")
    returns_at = reverse("admin:complaints_complaint_returns")
    return [
        {
            "title": _("Work"),
            "items": [
                _item(request, _("Queue"), "inbox", "tickets_ticket", "tickets.view_ticket"),
                {"title": _("File a dispute"), "icon": "add_circle", "link": file_at,
                 "active": request.path == file_at,
                 "permission": lambda _r: request.user.has_perm("disputes.file")},
                _item(request, _("Recoveries"), "currency_exchange", "disputes_chargeback",
                      "disputes.view_chargeback"),
                _item(request, _("Network news"), "rss_feed", "disputes_networkevent",
                      "disputes.view_networkevent"),
                _item(request, _("Mail"), "mark_email_unread", "intake_rawmessage",
                      "intake.view_rawmessage"),
                _item(request, _("Letters"), "mail", "outreach_notice", "outreach.view_notice"),
                {"title": _("Returns"), "icon": "summarize", "link": returns_at,
                 "active": request.path == returns_at,
                 "permission": lambda _r: request.user.has_perm("tickets.view_all")},
            ],
        },
        _facts(request),
        _staff(request),
    ]  # fmt: skip


def _facts(request: HttpRequest) -> dict[str, Any]:
    """What the issuer's systems say."""
    return {
        "title": _("Facts"),
        "items": [
            _item(request, _("Cardholders"), "person", "accounts_cardholder",
                  "accounts.view_cardholder"),
            _item(request, _("Card accounts"), "credit_card", "accounts_cardaccount",
                  "accounts.view_cardaccount"),
            _item(request, _("Card transactions"), "receipt_long", "accounts_cardtransaction",
                  "accounts.view_cardtransaction"),
            _item(request, _("Statements"), "description", "accounts_statement",
                  "accounts.view_statement"),
            _item(request, _("Calendars"), "calendar_month", "tickets_loadedcalendar",
                  "tickets.view_loadedcalendar"),
            _item(request, _("Money moved"), "account_balance", "ledger_transfer",
                  "ledger.view_transfer"),
        ],
    }  # fmt: skip


def _staff(request: HttpRequest) -> dict[str, Any]:
    """Who works here."""
    return {
        "title": _("Staff"),
        "items": [
            _item(request, _("Users"), "badge", "auth_user", "auth.view_user"),
            _item(request, _("Groups"), "groups", "auth_group", "auth.view_group"),
        ],
    }  # fmt: skip


def _item(
    request: HttpRequest, title: str, icon: str, page: str, permission: str
) -> dict[str, Any]:
    link = reverse(f"admin:{page}_changelist") if _exists(page) else ""
    return {
        "title": title, "icon": icon, "link": link,
        "active": bool(link) and request.path.startswith(link),
        "permission": lambda _request: bool(link) and request.user.has_perm(permission),
    }  # fmt: skip


def _exists(page: str) -> bool:
    return any(
        f"{model._meta.app_label}_{model._meta.model_name}" == page
        for model in admin.site._registry
    )


def palette(request: HttpRequest, term: str) -> list[SearchResult]:
    """The one case whose reference was typed, or nothing: the palette caches what it shows."""
    reference = references.tidy(term)
    if reference is None:
        return []
    seen = visible_to(request.user, Ticket.objects.filter(reference=reference))
    return [
        SearchResult(title=one.reference, description=_("Case"), link=case_url(one), icon="folder")
        for one in seen[:1]
    ]
