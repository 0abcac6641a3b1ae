from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DATA = Path(__file__).parent / "data"
WRONG = '[{"id": "x", "text": "\\u001b[31m我想自杀", "kind": "enquiry", "flags": []}]'


def _run(*arguments):
    out = StringIO()
    call_command("check_triage", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_agreement_is_told_field_by_field():
    told = _run(DATA / "messages.json", DATA / "own.json")

    assert "kind             341 of 341" in told
    assert "masking          341 of 341" in told


def test_a_miss_is_listed_with_its_words_and_ends_in_failure(tmp_path):
    (tmp_path / "x.json").write_text(WRONG, encoding="utf-8")
    out = StringIO()

    with pytest.raises(CommandError, match="Not everything agrees") as failed:
        call_command("check_triage", str(tmp_path / "x.json"), stdout=out)

    assert failed.value.returncode == 1
    assert "x flags: expected none, got collection_hold, self_harm" in out.getvalue()
    assert "“自杀” (safety.self_harm" in out.getvalue()
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize(("least", "fails"), [("kind=1", False), ("kind=2", True)])
def test_a_requirement_takes_the_place_of_full_agreement(tmp_path, least, fails):
    (tmp_path / "x.json").write_text(WRONG, encoding="utf-8")

    if fails:
        with pytest.raises(CommandError, match="Too few agree on kind"):
            _run(tmp_path / "x.json", "--require", least)
    else:
        assert "x safety" in _run(tmp_path / "x.json", "--require", least)


def test_a_requirement_that_cannot_be_read_is_refused():
    with pytest.raises(CommandError, match="sense=2 is no NAME=N"):
        _run(DATA / "own.json", "--require", "sense=2")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "not UTF-8"), (b"[]", "no list of samples"), (None, "No such file")],
)
def test_a_bad_file_gives_one_sentence_and_code_two(tmp_path, content, said):
    path = tmp_path / "x.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=said) as failed:
        _run(path)

    assert failed.value.returncode == 2
    assert "\n" not in str(failed.value)
