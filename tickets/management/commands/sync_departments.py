"""Make the Django groups of the departments' table: exactly those permissions, no others."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tickets import departments


class Command(BaseCommand):
    help = "Give each department's group exactly the permissions of tickets/departments.py."

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        known = {
            f"{row.content_type.app_label}.{row.codename}": row
            for row in Permission.objects.select_related("content_type")
        }
        wanted = {row.code: row.permissions for row in departments.DEPARTMENTS.values()}
        wanted[departments.LEAD] = departments.LEAD_PERMISSIONS
        unknown = sorted({name for names in wanted.values() for name in names} - set(known))
        if unknown:
            raise CommandError(
                f"tickets/departments.py names permissions that no model has: {', '.join(unknown)}"
            )
        for group_name, names in wanted.items():
            group, made = Group.objects.get_or_create(name=group_name)
            has = {row.pk for row in group.permissions.all()}
            shall = {known[name].pk for name in names}
            group.permissions.set(shall)
            if options["verbosity"]:
                self.stdout.write(
                    f"{group_name}: {len(shall)} permissions"
                    f" (+{len(shall - has)} -{len(has - shall)}){' new' if made else ''}"
                )
