"""Networks and browsers that forbid: sockets, cookies, storage."""

import pytest
from conftest import CHROMIUM, Windows
from panel import Shop
from playwright.sync_api import expect
from talks import Talk, answer

NO_SOCKETS = "delete window.WebSocket;"
SILENT_SOCKETS = """window.WebSocket = class extends EventTarget { constructor() { super(); this.readyState = 0; } send() {} close() {} };"""
NO_STORAGE = """if (window !== top) for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });"""


def block_sockets(context, way):
    if way == "closed":
        context.route_web_socket("**/api/v1/socket*", lambda socket: socket.close())
    else:
        context.add_init_script(NO_SOCKETS if way == "missing" else SILENT_SOCKETS)


@pytest.mark.parametrize("way", ["missing", "closed", "silent"])
def test_a_conversation_goes_both_ways_without_sockets(windows, way):
    desk = windows.agent(path=None)
    block_sockets(desk.page.context, way)
    desk.open()
    shop = windows.visitor(path=None)
    block_sockets(shop.page.context, way)
    panel = shop.open().open_panel()
    panel.ask(f"Pääseekö tämä perille {way}?")
    row = desk.row_with(f"perille {way}")
    expect(row).to_be_visible(timeout=40_000)
    talk = Talk(shop, panel, desk, desk.open_row(row))
    desk.say("Pääsee, kyselemällä.")
    expect(panel.message("kyselemällä")).to_be_visible(timeout=40_000)
    panel.say("Hyvä.")
    expect(desk.message("Hyvä.")).to_be_visible()
    expect(panel.offline_bar).to_be_hidden()
    expect(panel.message("Hyvä.")).to_have_attribute("data-state", "read", timeout=15_000)
    desk.reply.press_sequentially("kirjoitan tätä nyt", delay=90)
    expect(panel.root.locator(".typing-place")).to_contain_text("Aino")
    talk.assert_same_on_both_sides()


def test_a_network_that_breaks_sockets_in_the_middle_turns_to_polling(windows):
    desk = windows.agent()
    shop = windows.visitor(path=None)
    sockets = []
    shop.page.context.route_web_socket("**/api/v1/socket*", lambda socket: (socket.connect_to_server(), sockets.append(socket)))
    panel = shop.open().open_panel()
    panel.ask("Katkeaako tämä?")
    desk.open_row(desk.row_with("Katkeaako tämä"))
    for _ in range(2):
        count = len(sockets)
        sockets[-1].close()
        for _ in range(50):
            if len(sockets) > count:
                break
            shop.page.wait_for_timeout(100)
    desk.say("Ei katkea.")
    expect(panel.message("Ei katkea")).to_be_visible(timeout=20_000)
    panel.say("Hienoa.")
    expect(desk.message("Hienoa")).to_be_visible()


def on_another_site(windows, hosts, text):
    """A shop on another site than Moro's: its cookies are a third party's there."""
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page())
    panel = shop.open_panel()
    panel.ask(text)
    desk = windows.agent()
    row = desk.row_with(text)
    expect(row).to_be_visible()
    return Talk(shop, panel, desk, desk.open_row(row))


def assert_goes_on_after_reload(talk):
    answer(talk, "Vastaus ennen latausta.")
    talk.shop.page.reload()
    expect(talk.panel.message("Vastaus ennen latausta")).to_be_visible()
    talk.shop.page.goto(talk.shop.page.url + "other")
    expect(talk.panel.message("Vastaus ennen latausta")).to_be_visible()
    talk.panel.say("Sama keskustelu jatkuu.")
    expect(talk.desk.message("Sama keskustelu jatkuu")).to_be_visible()
    talk.assert_same_on_both_sides()


def test_a_shop_on_another_site_where_cookies_are_a_third_partys(windows, hosts):
    talk = on_another_site(windows, hosts, "Kysyn naapurista")
    assert_goes_on_after_reload(talk)
    assert not [cookie for cookie in talk.shop.page.context.cookies(hosts.origin) if "moro" in cookie["name"]]
    assert sorted(key for key in talk.shop.page.evaluate("Object.keys(localStorage)")) == ["moro.loylymaki.talking"]


@pytest.mark.parametrize("flags", [["--test-third-party-cookie-phaseout"], ["--block-third-party-cookies", "--enable-features=ThirdPartyStoragePartitioning"]], ids=["phaseout", "blocked"])
def test_a_browser_that_blocks_third_party_cookies(playwright, company, hosts, flags):
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *flags])
    windows = Windows(browser, company)
    try:
        assert_goes_on_after_reload(on_another_site(windows, hosts, f"Kysyn ilman evästeitä {flags[0]}"))
        for watch in windows.watches:
            watch.assert_calm()
    finally:
        browser.close()


def test_a_browser_that_blocks_storage_in_frames_keeps_the_token_at_the_page(windows, hosts):
    shop = windows.visitor(path=None)
    shop.page.context.add_init_script(NO_STORAGE)
    shop.page.goto(hosts.page())
    panel = shop.open_panel()
    panel.ask("Kysyn ilman muistia")
    desk = windows.agent()
    talk = Talk(shop, panel, desk, desk.open_row(desk.row_with("Kysyn ilman muistia")))
    assert_goes_on_after_reload(talk)


def test_a_first_party_session_is_a_cookie_that_scripts_cannot_read(windows):
    shop = windows.visitor()
    shop.open_panel().ask("Onko piparia?")
    cookie = next(cookie for cookie in shop.page.context.cookies() if cookie["name"].startswith("moro_visitor"))
    assert cookie["httpOnly"]
    assert "moro_visitor" not in shop.frame().evaluate("document.cookie")
    assert not shop.page.evaluate("Object.values(localStorage).some(value => value.length > 20 && !value.startsWith('{'))")


def test_a_lost_cookie_starts_anew_without_a_word_lost(windows):
    shop = windows.visitor()
    panel = shop.open_panel()
    panel.ask("Ennen evästeen katoamista")
    shop.page.context.clear_cookies()
    panel.say("Tämäkin pitää tulla perille")
    desk = windows.agent()
    expect(desk.row_with("pitää tulla perille")).to_be_visible(timeout=20_000)
    again = Shop(shop.page, shop.base).panel
    expect(again.message("pitää tulla perille")).not_to_have_attribute("data-state", "sending")
