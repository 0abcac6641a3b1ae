"""The product's paths and the unit's."""

from django.urls import include, path

from benchmarks.unit import Unit

urlpatterns = [
    path("bench/unit/<str:reference>", Unit.as_view()),
    path("", include("config.urls")),
]
