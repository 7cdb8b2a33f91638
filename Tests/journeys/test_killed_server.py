"""The server is killed with -9 while both write, and started again on the same data."""

import time

from playwright.sync_api import expect
from talks import begin_talk

ROUNDS = 24
KILLED_AT = (7, 15)


def test_nothing_is_lost_doubled_or_reordered_when_the_server_is_killed_and_started_again(windows, server, company):
    talk = begin_talk(windows, "Nyt katkeaa sähkö")
    for number in range(ROUNDS):
        talk.panel.say(f"kysymys {number:02}.")
        talk.desk.say(f"vastaus {number:02}.")
        if number in KILLED_AT:
            server.kill()
        if number - 4 in KILLED_AT:
            server.start()
    talk.panel.box.press_sequentially("kesken", delay=5)
    for number in range(ROUNDS):
        expect(talk.desk.message(f"kysymys {number:02}.")).to_be_visible(timeout=40_000)
        expect(talk.panel.message(f"vastaus {number:02}.")).to_be_visible(timeout=40_000)
    for side in (talk.panel, talk.desk):
        expect(side.log.locator("[data-state=sending], [data-state=failed]")).to_have_count(0, timeout=20_000)
    kept = [message["text"] for message in company.messages(talk.id)]
    assert sorted(kept) == sorted(["Nyt katkeaa sähkö", *(f"{what} {number:02}." for number in range(ROUNDS) for what in ("kysymys", "vastaus"))])
    for who in ("kysymys", "vastaus"):
        assert [text for text in kept if text.startswith(who)] == [f"{who} {number:02}." for number in range(ROUNDS)]
    assert [text for _, text in talk.panel.said()] == kept
    assert [text for _, text in talk.desk.said()] == kept
    expect(talk.panel.box).to_have_value("kesken")


def test_both_come_back_by_themselves_after_a_restart(windows, server):
    talk = begin_talk(windows, "Vielä kerran")
    server.kill()
    expect(talk.panel.offline_bar).to_be_visible()
    expect(talk.desk.banner).to_be_visible()
    time.sleep(1)
    server.start()
    expect(talk.panel.offline_bar).to_be_hidden(timeout=30_000)
    expect(talk.desk.page.locator(".banners .banner.soon")).to_have_count(0, timeout=30_000)
    talk.desk.say("Täällä taas.")
    expect(talk.panel.message("Täällä taas")).to_be_visible()
    expect(talk.panel.root.locator("html")).to_have_attribute("data-availability", "open", timeout=20_000)


def test_a_server_told_to_stop_goes_at_once_also_when_somebody_polls(windows, server):
    desk = windows.agent()
    shop = windows.visitor(path=None)
    shop.page.context.add_init_script("delete window.WebSocket")
    panel = shop.open().open_panel()
    panel.ask("Kyselen ilman pistokkeita")
    desk.open_row(desk.row_with("Kyselen ilman"))
    desk.say("Kuulen sinut.")
    expect(panel.message("Kuulen sinut")).to_be_visible(timeout=20_000)
    shop.page.wait_for_timeout(1500)
    server.process.terminate()
    server.process.wait(5)
    server.start()
    panel.say("Vielä täällä.")
    expect(desk.message("Vielä täällä")).to_be_visible(timeout=30_000)
