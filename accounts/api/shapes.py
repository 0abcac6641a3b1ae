"""Shapes that every room's answers share: read-only parts, pages, problems."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class Out(serializers.Serializer[Any]):
    """What is shown: every field is named and none can be written."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields


class ProblemErrorOut(Out):
    """One field that cannot be used."""

    pointer = serializers.CharField(help_text=_("JSON Pointer into the body."))
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemOut(Out):
    """RFC 9457. Some codes add members of their own, such as ``existing`` or ``version``."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField()
    request_id = serializers.CharField()
    retryable = serializers.BooleanField()
    errors = ProblemErrorOut(many=True, required=False)  # type: ignore[assignment]


@cache
def paged(of: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The shape of a page of ``of``."""
    name = of.__name__.removesuffix("Out") + "PageOut"
    return type(
        name, (Out,),
        {
            "__doc__": "One page; next_cursor leads to the next.",
            "__module__": of.__module__,
            "data": of(many=True),
            "next_cursor": serializers.CharField(allow_null=True),
            "has_more": serializers.BooleanField(),
        },
    )  # fmt: skip
