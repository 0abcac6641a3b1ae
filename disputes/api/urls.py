"""Paths of disputes and cases, under ``/api/v1/``."""

from django.urls import path

from disputes.api import telling, views

# Importing it lets cases of this kind be told.
assert telling.DisputeTeller  # noqa: S101 - names why the module is imported

urlpatterns = [
    path("cases", views.CaseList.as_view()),
    path("cases/<str:reference>", views.CaseDetail.as_view()),
    path("disputes", views.DisputeList.as_view()),
    path("disputes/<str:reference>", views.DisputeDetail.as_view()),
]
