"""A headless Chromium at the desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests import make, services

PASSWORD = "a long enough password"
_FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; a machine without one has skipped the test before (``tests.services``)."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=services.chromium(), args=_FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def desk(chromium, transactional_db, live_server) -> Iterator[Any]:
    """Open windows of colleagues; whatever the browser complains about fails the test."""
    found = Windows(chromium, live_server.url)
    yield found
    found.close()
    assert found.complaints == []


class Windows:
    """One window for each colleague, and what went wrong in any of them."""

    def __init__(self, browser: Any, url: str) -> None:
        self.browser, self.url = browser, url
        self.complaints: list[str] = []
        self._contexts: list[Any] = []

    def sign_in(self, *departments: str, language: str = "en") -> Any:
        """A new colleague of these departments, signed in by typing."""
        user = make.staff(*departments)
        user.set_password(PASSWORD)
        user.save()
        context = self.browser.new_context(
            viewport={"width": 1440, "height": 900}, locale=language, reduced_motion="reduce"
        )
        self._contexts.append(context)
        page = context.new_page()
        self._listen(page)
        page.goto(f"{self.url}/admin/")
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_selector(".desk-tabs")
        return page

    def _listen(self, page: Any) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on(
            "console",
            lambda line: (
                self.complaints.append(f"{line.type}: {line.text} ({page.url})")
                if line.type in {"error", "warning"}
                else None
            ),
        )
        page.on(
            "response",
            lambda answer: (
                self.complaints.append(f"{answer.status}: {answer.url}")
                if answer.status >= 500
                else None
            ),
        )

    def close(self) -> None:
        for context in self._contexts:
            context.close()
