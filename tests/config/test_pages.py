"""Pages and catalogues that are made from the code: written once, fresh or refused."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from drf_spectacular.drainage import warn
from drf_spectacular.generators import SchemaGenerator

from config import catalogue, machines, pages
from config.management.commands import list_law


@pytest.fixture
def docs(monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    return tmp_path


@pytest.fixture
def locale(monkeypatch, tmp_path):
    monkeypatch.setattr(catalogue, "folder", lambda: tmp_path / "zh_Hans")
    monkeypatch.setattr(catalogue, "ROOMS", ("ledger",))
    return tmp_path / "zh_Hans"


def test_stale_page_is_written_and_said(docs):
    (docs / "law.md").write_text("old")

    with pytest.raises(CommandError, match=r"docs/law\.md was stale and is written anew"):
        call_command("list_law", write=True)

    assert (docs / "law.md").read_text(encoding="utf-8") == list_law.Command().text()
    call_command("list_law", write=True)


def test_check_writes_nothing(docs):
    with pytest.raises(CommandError, match="run `make docs`"):
        call_command("draw_states", check=True)

    assert list(docs.iterdir()) == []


def test_description_with_a_warning_is_no_description(monkeypatch):
    make = SchemaGenerator.get_schema

    def make_with_doubts(self, **how):
        schema = make(self, **how)
        warn("something is not said")
        return schema

    monkeypatch.setattr(SchemaGenerator, "get_schema", make_with_doubts)

    with pytest.raises(CommandError, match="warnings"):
        call_command("describe_api", check=True)


def test_drawing_shows_each_arrow_once():
    page = machines.markdown()

    assert page.count("    filed --> acknowledged: acknowledge\n") == 1
    assert "withdrawing --> submitted: record_refusal" in page
    assert "| `grant_credit` | filed, acknowledged, investigating → same | finance |" in page


def test_new_catalogue_is_written_and_what_lacks_is_said(locale, capsys):
    with pytest.raises(CommandError, match="messages have no finished translation"):
        call_command("translate")

    assert {path.name for path in locale.iterdir()} == {"django.po", "django.mo"}
    assert "settled" in capsys.readouterr().err


def test_stale_catalogue_is_only_said_when_checking(locale):
    with pytest.raises(CommandError, match="run `make messages`"):
        call_command("translate", check=True)

    assert not locale.exists()


def test_translations_outlive_a_new_collection(locale):
    with pytest.raises(CommandError):
        call_command("translate")
    path = locale / "django.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgstr ""\n\n', 'msgstr "译文"\n\n', 3), encoding="utf-8")
    before = path.read_text(encoding="utf-8").count("译文")

    with pytest.raises(CommandError):
        call_command("translate")

    assert path.read_text(encoding="utf-8").count("译文") == before
