"""Fields that every room's serializers share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

LARGEST_MINOR = 10**13  # above every balance of a card in any currency


@extend_schema_field(OpenApiTypes.INT64)
class Minor(serializers.IntegerField):
    """An amount in minor units: a JSON integer. No text, no fraction, not even ``12.0``."""

    default_error_messages = {"invalid": _("Give a whole number of minor units (cents, fen).")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-LARGEST_MINOR, max_value=LARGEST_MINOR, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return int(data)


class Text(serializers.CharField):
    """Text as JSON text: a number or a list is none. NUL and half characters are refused."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)
