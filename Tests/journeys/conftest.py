"""What every journey stands on: a server with a small company, a browser, a visitor and agents in windows of their own."""

from pathlib import Path

import pytest
from api import Company
from desk import Desk
from hosts import Hosts
from panel import Panel, Shop
from playwright.sync_api import expect, sync_playwright
from server import Server
from watch import Watch

CHROMIUM = "/usr/bin/chromium"
# The same browser without its own window: half the work for the machine.
HEADLESS = next((path for path in ("/usr/bin/chromium-headless-shell", CHROMIUM) if Path(path).exists()), CHROMIUM)
expect.set_options(timeout=10_000)


def pytest_addoption(parser):
    parser.addoption("--cut-seconds", type=float, default=6, help="how long the network is gone in the journeys about that")
    parser.addoption("--keep-data", action="store_true", help="keep the servers' data directories")


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    browser = playwright.chromium.launch(executable_path=HEADLESS, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def server(request):
    server = Server(**getattr(request.module, "SETTINGS", {})).found().start()
    yield server
    server.stop()
    if not request.config.getoption("--keep-data"):
        server.clear_away()


@pytest.fixture(scope="module")
def company(server):
    return Company(server)


class Windows:
    """Browser windows of different people; each context is a person's own browser."""

    def __init__(self, browser, company):
        self.browser, self.company, self.base = browser, company, company.server.base
        self.watches, self.contexts = [], []

    def context(self, **options):
        context = self.browser.new_context(**{"locale": "fi-FI", "timezone_id": "Europe/Helsinki", "reduced_motion": "reduce", **options})
        self.watches.append(Watch(context))
        self.contexts.append(context)
        return context

    def visitor(self, path="/demo", language="fi", **options):
        shop = Shop(self.context(**options).new_page(), self.base, language)
        return shop.open(path) if path else shop

    def direct(self, language="fi", **options):
        """The panel as a page of its own."""
        page = self.context(**options).new_page()
        page.goto(f"{self.base}/chat/{self.company.site['key']}?lang={language}")
        return Panel(page, page, language)

    def agent(self, key="aino", path="/desk", language="fi", **options):
        context = self.context(**{"viewport": {"width": 1440, "height": 900}, **options})
        context.add_cookies([{"name": "moro_agent", "value": self.company.tokens[key], "url": self.base, "httpOnly": True, "sameSite": "Lax"}])
        desk = Desk(context.new_page(), self.base, language)
        return desk.open(path) if path else desk

    def close(self):
        for context in self.contexts:
            context.close()

    @property
    def watch(self):
        return self.watches[-1]


@pytest.fixture
def windows(browser, company):
    windows = Windows(browser, company)
    yield windows
    try:
        for watch in windows.watches:
            watch.assert_calm()
    finally:
        windows.close()


@pytest.fixture
def cut_seconds(request):
    return request.config.getoption("--cut-seconds")


@pytest.fixture
def hosts(server):
    hosts = Hosts(server.base)
    yield hosts
    hosts.close()
