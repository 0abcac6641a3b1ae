"""Pages of other rooms with what only this one knows: which cases a reader may see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.admin import CardholderDesk
from accounts.models import Cardholder
from ledger.admin import TransferDesk
from ledger.models import Transfer
from tickets.desk import case, queue
from tickets.models import Ticket
from tickets.permissions import visible_to

CASES_SHOWN = 20

for _model in (Cardholder, Transfer, User, Group):
    admin.site.unregister(_model)


@admin.register(Cardholder)
class CardholderWithCases(CardholderDesk):
    """A person, and those of their cases that the reader may see."""

    change_form_outer_after_template = "tickets/cardholder_cases.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        cases = visible_to(request.user, Ticket.objects.all()).select_related("cardholder")
        found = queue.newest(cases.filter(cardholder_id=object_id), CASES_SHOWN)
        shown = [{"ticket": ticket, "topic": case.topic(ticket)} for ticket in found]
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "cases": shown}
        )


@admin.register(Transfer)
class TransfersOfCases(TransferDesk):
    """Transfers of the cases that the reader may see."""

    def get_queryset(self, request: HttpRequest) -> Any:
        seen = visible_to(request.user, Ticket.objects.all())
        return super().get_queryset(request).filter(case__in=seen.values("reference"))


@admin.register(User)
class UserDesk(DjangoUserAdmin, ModelAdmin):  # type: ignore[misc,type-arg]  # untyped theme
    """Staff. Departments are groups; what a group may do is ``tickets.departments``' business."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "first_name", "last_name", "is_active", "is_superuser")
    filter_horizontal = ()
    autocomplete_fields = ()


@admin.register(Group)
class GroupDesk(DjangoGroupAdmin, ModelAdmin):  # type: ignore[misc]  # untyped theme
    """Departments as Django knows them; ``sync_departments`` writes their permissions."""

    readonly_fields = ("permissions",)
    filter_horizontal = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
