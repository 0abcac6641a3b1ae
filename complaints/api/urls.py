"""Paths of complaints, under ``/api/v1/``."""

from django.urls import path

from complaints.api import decisions, requests, telling, views

__all__ = ["telling", "urlpatterns"]  # importing it lets cases of this kind be told

urlpatterns = [
    path("complaints", views.ComplaintList.as_view()),
    path("complaints/categories", views.Categories.as_view()),
    path("complaints/<str:reference>", views.ComplaintDetail.as_view()),
    path("complaints/<str:reference>/decision", decisions.TheDecision.as_view()),
    path("complaints/<str:reference>/withdrawal-requests", requests.Withdrawals.as_view()),
    path("complaints/<str:reference>/review-requests", requests.Reviews.as_view()),
    path("complaints/<str:reference>/reopen-requests", requests.Reopenings.as_view()),
]
