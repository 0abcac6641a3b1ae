"""list_law on the terminal: columns, languages, what is off."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command


def test_list_of_one_place(capsys):
    call_command("list_law", jurisdiction="NZ")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "New Zealand (nz): 2"
    assert lines[1].split() == ["id", "nature", "name", "law", "confidence"]
    assert lines[2].startswith("NZ-BOS-DEADLOCK-2M  deadline  Answer a complaint before deadlock ")
    assert lines[2].endswith("  low         off")


def test_list_in_chinese_keeps_its_columns(capsys):
    call_command("list_law", jurisdiction="nz", language="zh")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "新西兰 (nz): 2"
    assert [line.endswith("低      停用") for line in lines[2:4]] == [True, True]


def test_list_of_what_is_off_leaves_out_what_is_on(capsys):
    call_command("list_law", off=True)

    printed = capsys.readouterr().out
    assert "NET-UPI-FILE-180D" in printed
    assert "US-REGZ-13C1-ACK-30D" not in printed


def test_list_of_an_unknown_place():
    with pytest.raises(CommandError, match='There are no rules for "atlantis": give one of au, '):
        call_command("list_law", jurisdiction="atlantis")
