"""Make the departments' groups hold exactly what the table says."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tickets import departments


class Command(BaseCommand):
    help = "Create the departments' groups and give each exactly its permissions."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        known = {
            f"{row.content_type.app_label}.{row.codename}": row
            for row in Permission.objects.select_related("content_type")
        }
        tables = {row.code: row.permissions for row in departments.DEPARTMENTS.values()}
        tables[departments.LEAD] = departments.LEAD_PERMISSIONS
        unknown = {name for names in tables.values() for name in names} - set(known)
        if unknown:
            raise CommandError(f"departments.py names unknown permissions: {sorted(unknown)}")
        for code, names in tables.items():
            group, _created = Group.objects.get_or_create(name=code)
            group.permissions.set([known[name] for name in set(names)])
            self.stdout.write(f"{code}: {len(set(names))} permissions")
