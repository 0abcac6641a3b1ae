"""Where everything is found."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import health, problems

handler400 = problems.bad_request
handler500 = problems.server_error

api: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("disputes.api.urls")),
    path("", include("complaints.api.urls")),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    path("docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("docs/problems", problems.page, name="problems"),
]
urlpatterns = [
    path("", health.home),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    re_path(r"^api/(.*)$", problems.no_such_path),
]
