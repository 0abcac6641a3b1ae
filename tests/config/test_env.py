"""Settings are read, or say in a sentence what to set."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(("text", "value"), [("1", True), ("on", True), ("No", False), ("", True)])
def test_flag_is_read(monkeypatch, text, value):
    monkeypatch.setenv("RECOURSE_X", text)

    assert env.flag("RECOURSE_X", default=True) is value


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (lambda: env.flag("RECOURSE_X", default=True), "perhaps", "must be 1 or 0"),
        (lambda: env.number("RECOURSE_X", 5), "five", "must be a whole number"),
        (lambda: env.amounts("RECOURSE_X"), "USD:500", "must look like USD=50000"),
        (lambda: env.amounts("RECOURSE_X"), "DOLLAR=5", "must look like USD=50000"),
        (lambda: env.database("RECOURSE_X", ""), "mysql://h/d", "must begin with postgresql://"),
    ],
)
def test_nonsense_is_refused_with_the_name_of_the_setting(monkeypatch, read, text, sentence):
    monkeypatch.setenv("RECOURSE_X", text)

    with pytest.raises(ImproperlyConfigured, match=f"RECOURSE_X {sentence}"):
        read()


def test_words_and_amounts_are_read(monkeypatch):
    monkeypatch.setenv("RECOURSE_X", " a, b ,,c")
    monkeypatch.setenv("RECOURSE_Y", "usd=500, CNY=3000")

    assert env.words("RECOURSE_X") == ["a", "b", "c"]
    assert env.amounts("RECOURSE_Y") == {"USD": 500, "CNY": 3000}
    assert env.number("RECOURSE_Z", 7) == 7


def test_address_of_postgresql_is_read(monkeypatch):
    monkeypatch.setenv("RECOURSE_X", "postgresql://ada:p%40ss@db.example:6432/recourse")

    found = env.database("RECOURSE_X", "")

    wanted = {
        "ENGINE": "django.db.backends.postgresql", "NAME": "recourse", "USER": "ada",
        "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "6432",
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted


def test_path_of_sqlite_is_read():
    assert (
        env.database("RECOURSE_NONE", "sqlite:////srv/x%20y.sqlite3")["NAME"] == "/srv/x y.sqlite3"
    )
    assert env.database("RECOURSE_NONE", "sqlite://")["NAME"] == ":memory:"


def test_secret_of_production_must_be_set(monkeypatch):
    monkeypatch.delenv("RECOURSE_X", raising=False)

    with pytest.raises(ImproperlyConfigured, match="Set RECOURSE_X"):
        env.secret("RECOURSE_X", kept_in=None)


def test_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "deep" / "secret"

    first = env.secret("RECOURSE_NONE", kept_in=path)

    assert len(first) > 40
    assert env.secret("RECOURSE_NONE", kept_in=path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


def test_two_processes_that_begin_at_once_share_one_secret(tmp_path):
    path, start, found = tmp_path / "secret", Barrier(8), []

    def begin():
        start.wait()
        found.append(env.secret("RECOURSE_NONE", kept_in=path))

    threads = [Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1
