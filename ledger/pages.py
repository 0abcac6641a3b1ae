"""What every page of the desk shares: nothing is added, changed or deleted in it, nothing counted.

A plain admin list counts its table twice and offers every column for sorting; both are slow on
millions of rows. Here a list knows only whether there is a next page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import ShowFacets, display
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.paginator import InfinitePaginator
from unfold.views import ChangeList

LAST_PAGE = 200  # nobody reads on from here, and an offset beyond it costs seconds


def column(name: str, label: Any) -> Callable[[Any], Any]:
    """A column or a line of a page: a field in the reader's words, its choice as its label."""

    def cell(row: Any) -> Any:
        shown = getattr(row, f"get_{name}_display", None)
        return shown() if shown else getattr(row, name)

    cell.__name__ = name
    return display(description=label)(cell)


class ReadOnly(ModelAdmin):  # type: ignore[misc]  # the theme is untyped
    """A list and a page of rows that only services may change."""

    actions: Any = ()
    paginator = InfinitePaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    list_disable_select_all = True
    list_fullwidth = True
    sortable_by = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ShortList


class ShortList(ChangeList):  # type: ignore[misc]  # the theme is untyped
    """A list whose pages end: filters and search lead further than paging."""

    def get_results(self, request: HttpRequest) -> None:
        page = request.GET.get(PAGE_VAR, "1")
        if not page.isdigit() or not 1 <= int(page) <= LAST_PAGE:
            raise IncorrectLookupParameters
        super().get_results(request)
