"""Where everything is found."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("", health.home),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
