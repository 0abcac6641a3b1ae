"""What the documents say is what the code says."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from tests.rules.source import ROOT

_READ = re.compile(r'env\.\w+\(\s*"(RECOURSE_[A-Z_]+)"')


def _settings():
    read = set()
    for name in ("settings.py", "env.py"):
        text = (ROOT / "config" / name).read_text(encoding="utf-8")
        read |= set(_READ.findall(text)) | set(re.findall(r'number\("(RECOURSE_[A-Z_]+)"', text))
    return read


def test_each_setting_stands_in_the_operating_guide_and_none_that_is_gone():
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(RECOURSE_[A-Z_]+)` ", guide, flags=re.MULTILINE))

    assert told == _settings()


@pytest.mark.parametrize("command", ["draw_states", "list_law", "describe_api"])
def test_generated_page_is_fresh(command):
    call_command(command, check=True)


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make demo" in readme
    assert "make test" in readme


def test_decisions_are_numbered_without_a_gap():
    names = sorted(path.name for path in (ROOT / "docs" / "adr").glob("*.md"))

    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]


def test_links_between_documents_lead_somewhere():
    found = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                found.append(f"{page.name}: {target}")

    assert found == []


def test_each_requirement_is_pinned_and_has_a_reason():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]

    for row in rows:
        assert re.fullmatch(r"[A-Za-z0-9-]+(\[\w+\])?==[\w.]+ +# .+", row), row
