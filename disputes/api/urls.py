"""Paths of disputes and cases, under ``/api/v1/``."""

from django.urls import path

from disputes.api import (
    decisions,
    drafts,
    picking,
    requests,
    systems,
    table,
    telling,
    threads,
    timeline,
    views,
)

__all__ = ["telling", "urlpatterns"]  # importing it lets cases of this kind be told

urlpatterns = [
    path("reasons", table.Reasons.as_view()),
    path("transactions", picking.Transactions.as_view()),
    path("transactions/<path:reference>", picking.Transaction.as_view()),
    path("statements", picking.Statements.as_view()),
    path("disputes", views.DisputeList.as_view()),
    path("disputes/drafts", drafts.Drafts.as_view()),
    path("disputes/drafts/<str:reference>", drafts.OneDraft.as_view()),
    path("disputes/drafts/<str:reference>/submission", drafts.Submission.as_view()),
    path("disputes/<str:reference>", views.DisputeDetail.as_view()),
    path("disputes/<str:reference>/decision", decisions.TheDecision.as_view()),
    path("cases", views.CaseList.as_view()),
    path("cases/<str:reference>", views.CaseDetail.as_view()),
    path("cases/<str:reference>/messages", threads.Messages.as_view()),
    path("cases/<str:reference>/attachments", threads.Attachments.as_view()),
    path("cases/<str:reference>/attachments/<str:file_ref>", threads.AttachmentFile.as_view()),
    path("cases/<str:reference>/timeline", timeline.Timeline.as_view()),
    path("cases/<str:reference>/withdrawal-requests", requests.Withdrawals.as_view()),
    path(
        "cases/<str:reference>/withdrawal-requests/current",
        requests.CurrentWithdrawal.as_view(),
    ),
    path("cases/<str:reference>/reopen-requests", requests.Reopenings.as_view()),
    path("facts/network-events/<str:network>/<path:event_id>", systems.NetworkNews.as_view()),
    path("accounts/<path:reference>/acts/<str:act>", systems.Acts.as_view()),
    path("accounts/<path:reference>/restrictions", systems.Restrictions.as_view()),
]
