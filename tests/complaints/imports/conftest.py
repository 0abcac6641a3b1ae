"""An export of the regulator's, read on one day."""

from __future__ import annotations

import csv
import io

import pytest
import time_machine

from tests import make
from tests.complaints.imports.command import HEADING, NOW, ROW


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def account():
    return make.account()


@pytest.fixture
def export(tmp_path, account):
    """Write an export of the regulator's: a file with a row for each dict."""

    def write(*rows, heading=HEADING, encoding="utf-8", name="export.csv"):
        text = io.StringIO()
        writer = csv.DictWriter(text, heading, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**ROW, "Account": account.external_ref, **row} for row in rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write
