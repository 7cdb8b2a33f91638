"""moro(…) on a company's page: each command really does what its name says."""

import hashlib
import hmac
import json

from playwright.sync_api import expect
from words import words

QUEUE = "<script>window.moro = window.moro || function () {{ (moro.q = moro.q || []).push(arguments) }}; {commands}</script>"
LISTEN = """window.heard = []; ['ready', 'opened', 'closed', 'message', 'unread'].forEach(function (type) { moro('on', type, function (fact) { window.heard.push([type, fact]); }); });"""


def page_with(windows, hosts, commands=""):
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page(head=QUEUE.format(commands=commands)))
    expect(shop.page.locator("moro-launcher")).to_be_attached()
    return shop


def heard(shop, kind):
    return [fact for type, fact in shop.page.evaluate("window.heard") if type == kind]


def proof(company, person):
    return hmac.new(company.site["identitySecret"].encode(), person.encode(), hashlib.sha256).hexdigest()


def identify(company, person, **facts):
    return f"moro('identify', {json.dumps({'id': person, 'hash': proof(company, person), **facts})});"


def test_open_close_toggle_hide_and_show(windows, hosts):
    shop = page_with(windows, hosts, LISTEN)
    shop.moro("open")
    expect(shop.panel.root.locator(".start")).to_be_visible()
    expect(shop.launcher).to_be_hidden()
    shop.moro("close")
    expect(shop.launcher).to_be_visible()
    shop.moro("toggle")
    expect(shop.launcher).to_be_hidden()
    shop.moro("toggle")
    expect(shop.launcher).to_be_visible()
    shop.moro("hide")
    expect(shop.launcher).to_be_hidden()
    shop.moro("show")
    expect(shop.launcher).to_be_visible()
    assert [type for type, _ in shop.page.evaluate("window.heard") if type in ("opened", "closed")] == ["opened", "closed", "opened", "closed"]
    assert len(heard(shop, "ready")) == 1


def test_commands_called_before_the_script_has_come_are_obeyed(windows, hosts):
    shop = page_with(windows, hosts, LISTEN + "moro('setLanguage', 'sv'); moro('open');")
    expect(shop.panel.root.locator("html")).to_have_attribute("lang", "sv")
    expect(shop.panel.root.locator(".start")).to_be_visible()
    assert len(heard(shop, "opened")) == 1


def test_message_and_unread_are_told_to_the_page(windows, hosts):
    shop = page_with(windows, hosts, LISTEN)
    panel = shop.open_panel()
    panel.ask("Kerrotaanko sivulle?")
    shop.moro("close")
    desk = windows.agent()
    desk.open_row(desk.row_with("Kerrotaanko sivulle"))
    desk.say("Kerrotaan.")
    expect(shop.badge).to_have_text("1")
    message = heard(shop, "message")[-1]
    assert message["text"] == "Kerrotaan." and message["author"]["kind"] == "agent" and message["author"]["name"] == "Aino"
    assert heard(shop, "unread")[-1] == 1
    shop.moro("open")
    shop.page.wait_for_function("() => window.heard.some(([type, fact]) => type === 'unread' && fact === 0)")
    shop.page.evaluate("""moro('on', 'closed', () => { throw new Error('of the page') }); moro('on', 'closed', () => { window.second = true }); moro('close')""")
    assert shop.page.evaluate("window.second")


def test_identify_with_a_proof_brings_ones_history_to_another_browser(windows, hosts, company):
    first = page_with(windows, hosts, identify(company, "asiakas-42", name="Veera Niemi", email="veera@example.fi"))
    first.open_panel().ask("Alkoi tältä laitteelta")
    desk = windows.agent()
    row = desk.row_with("Alkoi tältä laitteelta")
    expect(row).to_contain_text("Veera")
    desk.open_row(row)
    expect(desk.page.locator("#customer")).to_contain_text(desk.words("customer.proven"))
    expect(desk.page.locator("#customer")).to_contain_text("veera@example.fi")
    second = page_with(windows, hosts, identify(company, "asiakas-42"))
    panel = second.open_panel()
    expect(panel.message("Alkoi tältä laitteelta")).to_be_visible()
    panel.say("Jatkuu toiselta")
    expect(first.panel.message("Jatkuu toiselta")).to_be_visible()


def test_a_false_proof_is_refused_and_told_in_the_console(windows, hosts, company):
    shop = page_with(windows, hosts, "moro('identify', { id: 'asiakas-42', hash: '" + "0" * 64 + "' });")
    watch = windows.watch
    panel = shop.open_panel()
    panel.begin()
    panel.say("Olen muka joku muu")
    expect(panel.message("muka joku muu")).not_to_have_attribute("data-state", "sending")
    assert watch.hears(shop.page, "identity_not_proven"), watch.console
    desk = windows.agent()
    expect(desk.row_with("muka joku muu")).not_to_contain_text("Veera")


def test_an_unproven_claim_is_shown_as_told_by_the_customer(windows, hosts):
    shop = page_with(windows, hosts, "moro('identify', { name: 'Oma Sana', email: 'oma@example.fi' });")
    shop.open_panel().ask("Sanon itse kuka olen")
    desk = windows.agent()
    desk.open_row(desk.row_with("Sanon itse"))
    expect(desk.page.locator("#customer")).to_contain_text("oma@example.fi")
    expect(desk.page.locator("#customer")).to_contain_text(desk.words("customer.told"))


def test_set_attributes_tells_facts_to_the_agent(windows, hosts):
    shop = page_with(windows, hosts)
    shop.open_panel().ask("Ostoskorini on täynnä")
    desk = windows.agent()
    desk.open_row(desk.row_with("Ostoskorini"))
    shop.moro("setAttributes", {"ostoskori": 3, "kanta-asiakas": True})
    expect(desk.page.locator("#customer")).to_contain_text("ostoskori")
    shop.moro("setAttributes", {"ostoskori": 4})
    expect(desk.page.locator("#customer")).to_contain_text("4")
    expect(desk.page.locator("#customer")).to_contain_text("kanta-asiakas")


def test_set_language_changes_launcher_and_panel_at_once(windows, hosts):
    windows.agent()
    shop = page_with(windows, hosts)
    panel = shop.open_panel()
    shop.moro("setLanguage", "en")
    expect(panel.root.locator("html")).to_have_attribute("lang", "en")
    expect(panel.root.locator(".start")).to_have_text(words("widget.home.start", "en"))
    shop.moro("close")
    expect(shop.launcher).to_contain_text("is here")
    shop.moro("setLanguage", "xx")
    expect(shop.launcher).to_be_visible()


def test_reset_forgets_the_visitor_here(windows, hosts, company):
    shop = page_with(windows, hosts, identify(company, "asiakas-7", name="Unohda Minut"))
    panel = shop.open_panel()
    panel.ask("Tämä unohtuu täältä")
    shop.moro("reset")
    expect(panel.root.locator(".start")).to_be_visible()
    expect(panel.root.locator(".earlier")).to_have_count(0)
    shop.page.goto(hosts.page("/signed-out", head=QUEUE.format(commands="")))
    # It was open in this tab, so it opens by itself.
    expect(panel.root.locator(".start")).to_be_visible()
    panel.ask("Olen joku muu")
    desk = windows.agent()
    expect(desk.row_with("Olen joku muu")).not_to_contain_text("Unohda")
    expect(desk.row_with("Tämä unohtuu täältä")).to_contain_text("Unohda")
    assert not shop.page.evaluate("Object.keys(localStorage).includes('moro.loylymaki.token')")


def test_nonsense_is_ignored(windows, hosts):
    shop = page_with(windows, hosts)
    shop.page.evaluate("moro(); moro('nonsense'); moro('constructor'); moro('on'); moro('on', 'closed', 3); moro('identify', null); moro('setLanguage'); moro('open'); moro('close')")
    expect(shop.launcher).to_be_visible()
