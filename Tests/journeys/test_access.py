"""axe finds nothing on any screen, light or dark, on a big screen or a phone."""

import random
import re

import pytest
from access import Access
from pictures import file, png
from playwright.sync_api import expect
from talks import begin_talk

SETTINGS = {"limits_sign_ins_per_address": 0}
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOOKS = [pytest.param(theme, size, id=f"{theme}-{'phone' if size is PHONE else 'desktop'}") for theme in ("light", "dark") for size in (DESKTOP, PHONE)]


@pytest.fixture(params=[look.values for look in LOOKS], ids=[look.id for look in LOOKS])
def look(request):
    theme, size = request.param
    return {"color_scheme": theme, "viewport": size}


@pytest.fixture
def access(look):
    """Light and dark differ in colours only."""
    return Access(only_colours=look["color_scheme"] == "dark")


def test_the_empty_desk(windows, look, access):
    desk = windows.agent("tuula", **look)
    for view in ("all", "mine", "unassigned", "snoozed", "closed"):
        desk.page.locator(f'[data-view="{view}"]').click()
        access.look(desk.page, f"desk empty {view}")
    access.assert_nothing_found()


def test_the_gate(windows, look, access, company):
    page = windows.context(**look).new_page()
    base = company.server.base
    page.goto(f"{base}/desk/sign-in")
    expect(page.locator("#email")).to_be_visible()
    access.look(page, "sign-in")
    page.locator("#email").fill("aino@loylymaki,example")
    page.locator("#password").fill("x")
    page.keyboard.press("Enter")
    access.look(page, "sign-in with a comma")
    page.locator("#email").fill(f"nobody-{random.randrange(10**6)}@loylymaki.example")
    page.locator("#password").fill("väärä salasana")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]").first).to_be_visible()
    access.look(page, "sign-in wrong")
    while not page.locator(".promise-card").count():
        page.locator("#password").fill("väärä salasana")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.querySelector('.promise-card') || document.querySelector('#password')?.value === ''")
    expect(page.locator(".promise-card")).to_be_visible()
    access.look(page, "sign-in locked")
    link = company.invite(f"uusi-{random.randrange(10**6)}")
    page.goto(f"{base}/desk/sign-in?link={link}")
    expect(page.locator("form.gate")).to_be_visible()
    access.look(page, "sign-in by link")
    page.locator("form.gate .is-primary").click()
    expect(page.locator("#fresh")).to_be_visible()
    access.look(page, "welcome")
    page.context.clear_cookies()
    page.goto(f"{base}/desk/sign-in?link={link}")
    page.locator("form.gate .is-primary").click()
    expect(page.locator(".gate .kept-text")).to_be_visible()
    access.look(page, "sign-in by a used link")
    access.assert_nothing_found()


def test_the_shop_and_the_panel(windows, look, access):
    shop = windows.visitor(**look)
    expect(shop.launcher).to_be_visible()
    access.look(shop.page, "shop with launcher, nobody here")
    panel = shop.open_panel()
    access.look(shop.page, "shop with open panel", within="document.querySelector('moro-launcher')" if look["viewport"] is PHONE else "document")
    access.look(shop.frame(), "panel home, nobody here")
    windows.agent()
    expect(panel.root.locator(".ask .avatar").first).to_be_visible()
    access.look(shop.frame(), "panel home")
    panel.begin()
    access.look(shop.frame(), "panel before the first message")
    panel.root.locator("[aria-label='%s']" % panel.words("compose.emoji")).click()
    access.look(shop.frame(), "emoji")
    shop.page.keyboard.press("Escape")
    panel.attach(file("kiuas.png", png(), "image/png"), file("virus.exe", b"MZ\x90\0" + bytes(200), "application/x-msdownload"))
    expect(panel.root.locator(".tray li[data-state=failed]")).to_be_visible()
    expect(panel.root.locator(".tray li[data-state=ready]")).to_be_visible()
    access.look(shop.frame(), "files in the tray, one refused")
    access.assert_nothing_found()


def test_the_conversation_in_the_panel(windows, look, access):
    talk = begin_talk(windows, "Katso https://www.example.fi/kiuas ja kerro", **look)
    frame = talk.shop.frame
    talk.desk.say("Katson.")
    expect(talk.panel.message("Katson.")).to_be_visible()
    talk.panel.attach(file("kiuas.png", png(), "image/png"), file("ohje.pdf", b"%PDF-1.4\n%\xe2\xe3\n" + bytes(300), "application/pdf"))
    expect(talk.panel.root.locator(".tray li[data-state=ready]")).to_have_count(2)
    talk.panel.say("Tässä kuva ja ohje")
    expect(talk.panel.log.locator("a.picture")).to_be_visible()
    talk.panel.say("pitkä " * 900)
    expect(talk.panel.root.locator(".unfold")).to_be_visible()
    talk.desk.reply.press_sequentially("Kirjoitan juuri tätä", delay=90)
    access.look(frame(), "conversation")
    talk.panel.button("menu").click()
    access.look(frame(), "menu")
    talk.panel.root.get_by_role("menuitem", name=talk.panel.words("menu.end")).click()
    access.look(frame(), "ask to end")
    talk.shop.page.keyboard.press("Escape")
    fail_messages(talk.shop.page)
    talk.panel.say("tämä ei mene")
    expect(talk.panel.message("tämä ei mene")).to_have_attribute("data-state", "failed")
    access.look(frame(), "failed message")
    talk.shop.page.context.set_offline(True)
    expect(talk.panel.offline_bar).to_be_visible()
    access.look(frame(), "no connection")
    access.assert_nothing_found()


def test_the_end_of_a_conversation_and_the_history(windows, look, access):
    talk = begin_talk(windows, "Tämä loppuu pian", **look)
    talk.desk.say("Kiitos!")
    expect(talk.panel.message("Kiitos!")).to_be_visible()
    talk.panel.menu("menu.end")
    talk.panel.button("menu.endYes").click()
    expect(talk.panel.root.locator(".ending")).to_be_visible()
    access.look(talk.shop.frame(), "ended")
    talk.panel.button("end.send").click()
    access.look(talk.shop.frame(), "rating without a choice")
    talk.panel.root.locator(".ending input[value='3']").check(force=True)
    talk.panel.button("end.send").click()
    expect(talk.panel.root.locator(".rated")).to_be_visible()
    access.look(talk.shop.frame(), "rated")
    talk.panel.menu("menu.home")
    expect(talk.panel.root.locator(".earlier")).to_be_visible()
    access.look(talk.shop.frame(), "home with earlier conversations")
    talk.panel.root.locator(".earlier [data-conversation-id]").first.click()
    talk.panel.menu("menu.history")
    expect(talk.panel.root.locator(".history [data-conversation-id]").first).to_be_visible()
    access.look(talk.shop.frame(), "history")
    access.assert_nothing_found()


def test_the_direct_link(windows, look, access):
    panel = windows.direct(**look)
    expect(panel.root.locator(".start")).to_be_visible()
    access.look(panel.page, "direct link, home")
    panel.begin()
    panel.say("Suoraan linkistä")
    expect(panel.message("Suoraan linkistä")).to_have_attribute("data-state", re.compile("sent|delivered|read"))
    access.look(panel.page, "direct link, conversation")
    access.assert_nothing_found()


def test_the_desk_at_work(windows, look, access):
    visitor = windows.visitor()
    panel = visitor.open_panel()
    case = f"Kuva ja ohje {random.randrange(10**6)}"
    panel.ask("Tuleeko kiuas asennettuna? https://www.example.fi")
    panel.attach(file("kiuas.png", png(), "image/png"), file("ohje.pdf", b"%PDF-1.4\n" + bytes(300), "application/pdf"))
    expect(panel.root.locator(".tray li[data-state=ready]")).to_have_count(2)
    panel.say(case)
    desk = windows.agent(**look)
    row = desk.row_with(case)
    expect(row).to_be_visible()
    access.look(desk.page, "inbox")
    desk.open_row(row)
    panel.box.press_sequentially("kirjoitan", delay=20)
    access.look(desk.page, "conversation")
    desk.act("take")
    desk.reply.fill("/")
    desk.reply.press("End")
    desk.page.keyboard.type("t")
    access.look(desk.page, "ready answers")
    desk.page.keyboard.press("Escape")
    desk.reply.fill("")
    desk.write_note("Muista @Juhani")
    access.look(desk.page, "note")
    desk.page.get_by_role("tab", name=desk.words("composer.reply")).click()
    fail_messages(desk.page)
    desk.say("ei mene")
    expect(desk.message("ei mene")).to_have_attribute("data-state", "failed")
    access.look(desk.page, "failed reply")
    desk.page.unroute_all()
    desk.page.locator('.talk-head [data-action="more"]').click()
    access.look(desk.page, "actions")
    desk.page.keyboard.press("Escape")
    for action in ("transfer", "snooze", "tag", "close"):
        desk.act(action)
        expect(desk.dialog).to_be_visible()
        access.look(desk.page, f"dialog {action}")
        desk.page.keyboard.press("Escape")
        expect(desk.dialog).to_have_count(0)
    if look["viewport"] is PHONE:
        desk.page.locator(f"a[aria-label='{desk.words('head.customer')}']").click()
    expect(desk.page.locator("#customer h2")).to_be_visible()
    access.look(desk.page, "customer")
    access.assert_nothing_found()


def test_the_desk_around_the_work(windows, look, access):
    windows.visitor().open_panel().ask("Löytyykö haulla tämä lause?")
    desk = windows.agent("tuula", **look)
    expect(desk.row_with("haulla tämä lause")).to_be_visible()
    desk.page.keyboard.press("Control+k")
    access.look(desk.page, "palette")
    desk.page.keyboard.type("lause")
    expect(desk.palette.locator("mark").first).to_be_visible()
    access.look(desk.page, "palette with results")
    desk.palette.locator("input").fill("tätä ei ole missään")
    expect(desk.palette.locator(".empty-state")).to_be_visible()
    access.look(desk.page, "palette with nothing")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("?")
    expect(desk.dialog).to_be_visible()
    access.look(desk.page, "key sheet")
    desk.page.keyboard.press("Escape")
    desk.page.locator(".me").click()
    access.look(desk.page, "account menu")
    desk.page.keyboard.press("Escape")
    for page in ("site", "people", "replies", "account"):
        desk.page.goto(f"{desk.base}/desk/settings/{page}")
        expect(desk.page.locator(".settings-pages h2, .settings-pages h3").first).to_be_visible()
        desk.page.wait_for_load_state("networkidle")
        access.look(desk.page, f"settings {page}")
    desk.open("/desk")
    desk.page.context.set_offline(True)
    expect(desk.banner).to_be_visible()
    access.look(desk.page, "no connection")
    desk.page.context.clear_cookies()
    desk.page.context.set_offline(False)
    expect(desk.page.locator("#again-password")).to_be_visible()
    access.look(desk.page, "sign in again")
    access.assert_nothing_found()


def fail_messages(page):
    problem = '{"code":"invalid_field","status":422,"title":"No","detail":"Not this one."}'
    page.route("**/messages", lambda route: route.fulfill(status=422, content_type="application/problem+json", body=problem) if route.request.method == "POST" else route.continue_())
