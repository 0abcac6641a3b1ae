"""The page of returns: the same numbers as ``export_return``, each with the cases behind it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from complaints.admin import return_words
from complaints.returns import PROFILES, Count, Profile, Span, count
from complaints.returns.counting import MEASURES, TOTAL, Cell
from complaints.returns.matters import rows
from complaints.returns.writing import ordered, write
from kernel import actors
from tickets.desk.prompts import Prompt
from tickets.models import Ticket
from tickets.permissions import visible_to

# More than these are counted by the command, and not while a page waits.
MOST = 5_000
# Cases shown behind one number; the command's --cases lists all of them.
_SHOWN = 200


class ReturnPrompt(Prompt):
    """Which return, of which days."""

    profile = forms.ChoiceField(label=_lazy("Return"))
    first = forms.DateField(label=_lazy("From"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_lazy("To"), widget=forms.DateInput({"type": "date"}))

    def set_up(self) -> None:
        self.field("profile").choices = [(row.code, _name(row)) for row in PROFILES.values()]
        start = timezone.now().date().replace(day=1)
        start = start.replace(month=(start.month - 1) // 3 * 3 + 1)
        before = start - timedelta(days=1)
        self.field("last").initial = before.isoformat()
        self.field("first").initial = date(before.year, before.month - 2, 1).isoformat()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            raise forms.ValidationError(_("The period ends before it begins."), code="span_unfit")
        return told


def page(site: Any, request: HttpRequest) -> HttpResponse:
    """Ask for a return and its days, and show its numbers, or the cases behind one of them."""
    # Numbers are of every department, so they are for who may see the cases of each.
    user = request.user
    if not (user.has_perm("tickets.view_all") and user.has_perm("complaints.view_complaint")):
        raise PermissionDenied
    told = request.GET if "profile" in request.GET else None
    form = ReturnPrompt(told, row=None, actor=actors.staff(user))
    if told is None or not form.is_valid():
        return _show(site, request, form=form)
    profile = PROFILES[form.cleaned_data["profile"]]
    span, now = Span(form.cleaned_data["first"], form.cleaned_data["last"]), timezone.now()
    if rows(profile, span, now)[MOST : MOST + 1].exists():
        return _show(site, request, form=form, too_many=_command(profile, span))
    if "measure" in told:
        return _show_cases(site, request, form, profile, span)
    found = count(profile, span, now)
    if "csv" in told:
        return _download(found)
    return _show(site, request, form=form, **_numbers(found))


def _show_cases(
    site: Any, request: HttpRequest, form: ReturnPrompt, profile: Profile, span: Span
) -> HttpResponse:
    cell = Cell(*(request.GET.get(name, "") for name in Cell._fields))
    parts: dict[str, int] = {}

    def hear(one: Cell, reference: str, number: int) -> None:
        if one == cell:
            parts[reference] = parts.get(reference, 0) + number

    count(profile, span, timezone.now(), hear)
    seen = visible_to(request.user, Ticket.objects.filter(reference__in=list(parts)[:_SHOWN]))
    cases = [{"ticket": row, "number": parts[row.reference]} for row in seen.order_by("pk")]
    return _show(
        site, request, form=form, cell=return_words.sentence(cell), cases=cases,
        number=sum(parts.values()), more=max(len(parts) - _SHOWN, 0), back=_query(profile, span),
        command=_command(profile, span), in_cases=MEASURES.get(cell.measure) == "cases",
    )  # fmt: skip


def _numbers(found: Count) -> dict[str, Any]:
    """The numbers as tables: a total, and what it is divided into."""
    tables: dict[str, dict[str, Any]] = {}
    query = _query(found.profile, found.span)
    for cell, number in ordered(found):
        table = tables.setdefault(
            cell.measure, {"label": return_words.measure(cell.measure), "totals": [], "rows": []}
        )
        line = {
            "by": return_words.by(cell.by), "words": return_words.code(cell),
            "number": number, "currency": cell.currency,
            "link": f"?{query}&{urlencode(cell._asdict())}" if number else "",
        }  # fmt: skip
        table["totals" if cell.by == TOTAL else "rows"].append(line)
    return {"tables": list(tables.values()), "download": f"?{query}&csv=1"}


def _download(found: Count) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    write(found, answer)  # type: ignore[arg-type]
    name = f"{found.profile.code}-{found.span.first}-{found.span.last}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _query(profile: Profile, span: Span) -> str:
    return urlencode({"profile": profile.code, "first": span.first, "last": span.last})


def _command(profile: Profile, span: Span) -> str:
    return (
        f"manage.py export_return {profile.code} --from {span.first} --to {span.last} "
        "--out RETURN.csv --cases CASES.csv"
    )


def _name(profile: Profile) -> str:
    chinese = (get_language() or "").startswith("zh")
    return profile.name_zh if chinese else profile.name_en


def _show(site: Any, request: HttpRequest, **shown: Any) -> HttpResponse:
    context = {**site.each_context(request), "title": _("Returns"), **shown}
    return TemplateResponse(request, "complaints/returns.html", context)
