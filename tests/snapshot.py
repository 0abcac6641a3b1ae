"""All that a verb may move, to prove that on refusal nothing moved."""

from __future__ import annotations

from typing import Any

from django.apps import apps

ROOMS = ["ledger", "accounts", "tickets", "disputes", "complaints", "outreach", "intake"]


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of every room, by model."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }
