"""The problems that a caller can meet with a complaint, beside those of every case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from config.problem_shape import ProblemType

COMPLAINT_PROBLEMS = (
    ProblemType(
        "unknown_category", 422, _("There is no such category"),
        _("GET /api/v1/complaints/categories lists them. It may be left out."),
    ),
    ProblemType(
        "unknown_case", 422, _("There is no such complaint to join"),
        _("Name a complaint of your own, or leave joins out."),
    ),
    ProblemType(
        "external_ref_used", 422, _("The reference belongs to another case"),
        _("Each matter has a reference of its own."),
    ),
    ProblemType(
        "bad_department", 422, _("There is no such department"), _("Leave it out."),
    ),
    ProblemType(
        "reviewed_already", 409, _("The answer was reviewed already"),
        _("you_may_still of the decision names what is left."),
    ),
    ProblemType(
        "recused", 403, _("The complaint is about you"), _("Somebody else handles it."),
    ),
)  # fmt: skip
