"""Write docs/openapi.yaml from the API's code; a warning is a failure."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from config.pages import GeneratedPage


class Command(GeneratedPage):
    help = "Write docs/openapi.yaml from the views and serializers."
    page = "openapi.yaml"

    def text(self) -> str:
        generator: Any = SchemaGenerator
        schema = generator().get_schema(request=None, public=True)
        GENERATOR_STATS.emit_summary()
        if GENERATOR_STATS:
            raise CommandError("The API's description has warnings; they stand above.")
        check: Any = validate_schema
        check(schema)
        renderer: Any = OpenApiYamlRenderer()
        rendered: bytes = renderer.render(schema, renderer_context={})
        return rendered.decode()
