"""The folder is the registry."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kernel import folder


@pytest.fixture
def channels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A package with a module, a sub-package and a file that is neither."""
    package = tmp_path / "channels_of_a_test"
    (package / "post").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "email.py").write_text("NAME = 'mail'")
    (package / "post" / "__init__.py").write_text("NAME = 'paper'")
    (package / "notes.txt").write_text("not a module")
    monkeypatch.syspath_prepend(tmp_path)
    yield __import__("channels_of_a_test")
    for name in [name for name in sys.modules if name.startswith("channels_of_a_test")]:
        del sys.modules[name]


def test_every_module_and_package_is_an_entry(channels):
    found = folder.entries(channels)

    assert {name: module.NAME for name, module in found.items()} == {
        "email": "mail", "post": "paper",
    }  # fmt: skip


def test_a_new_file_is_a_new_entry(channels, tmp_path: Path):
    (tmp_path / "channels_of_a_test" / "sms.py").write_text("NAME = 'text'")

    assert sorted(folder.entries(channels)) == ["email", "post", "sms"]


def test_a_module_that_cannot_be_read_is_loud(channels, tmp_path: Path):
    (tmp_path / "channels_of_a_test" / "broken.py").write_text("this is broken (")

    with pytest.raises(SyntaxError):
        folder.entries(channels)
