"""Paths of facts, under ``/api/v1/``."""

from django.urls import path

from accounts.api import schema, views

__all__ = ["schema", "urlpatterns"]  # importing it lets the description name the token

urlpatterns = [
    path("facts/cardholders/<path:reference>", views.CardholderFact.as_view()),
    path("facts/accounts/<path:reference>", views.AccountFact.as_view()),
    path("facts/statements/<str:account>/<path:reference>", views.StatementFact.as_view()),
    path("facts/transactions/<path:reference>", views.TransactionFact.as_view()),
]
