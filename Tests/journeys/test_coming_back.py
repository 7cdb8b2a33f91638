"""Reload, another page of the shop, a closed tab: the same conversation goes on."""

import time

from panel import Shop
from playwright.sync_api import expect
from talks import answer, begin_talk


def test_a_reload_keeps_the_conversation_and_the_open_panel(windows):
    talk = begin_talk(windows, "Kuinka iso kiulu neljälle?")
    answer(talk, "Kahdeksan litraa.")
    talk.shop.page.reload()
    expect(talk.panel.message("Kahdeksan litraa")).to_be_visible()
    talk.panel.say("Otetaan se.")
    expect(talk.desk.message("Otetaan se")).to_be_visible()
    talk.assert_same_on_both_sides()


def test_another_page_of_the_shop_keeps_it_and_the_desk_sees_the_page(windows):
    talk = begin_talk(windows, "Millainen kauha tähän sopii?")
    talk.shop.page.locator('a[href="/demo/laudeliina"]').first.click()
    expect(talk.panel.message("Millainen kauha")).to_be_visible()
    expect(talk.desk.page.locator("#customer")).to_contain_text("Laudeliina", timeout=15_000)
    talk.desk.reply.fill("Näen, mitä katsot.")
    talk.desk.reply.press("Control+Enter")
    expect(talk.panel.message("Näen, mitä katsot")).to_be_visible()


def test_a_closed_tab_and_a_return_continue_the_same_conversation(windows):
    talk = begin_talk(windows, "Palaan kohta")
    context = talk.shop.page.context
    talk.shop.page.close()
    talk.desk.say("Odotan rauhassa.")
    shop = Shop(context.new_page(), talk.shop.base).open("/demo/kivet")
    expect(shop.badge).to_have_text("1")
    panel = shop.open_panel()
    expect(panel.message("Odotan rauhassa")).to_be_visible()
    panel.say("Täällä taas!")
    expect(talk.desk.message("Täällä taas")).to_be_visible()
    assert panel.said() == talk.desk.said()


def test_the_panel_closed_before_a_reload_stays_closed_and_counts(windows):
    talk = begin_talk(windows, "Suljen tämän")
    talk.panel.button("minimise").click()
    talk.shop.page.reload()
    expect(talk.shop.launcher).to_be_visible()
    talk.desk.say("Vastaus suljettuun.")
    expect(talk.shop.badge).to_have_text("1")


def test_the_direct_link_and_the_widget_meet_in_one_conversation(windows, company):
    talk = begin_talk(windows, "Alku kaupassa")
    page = talk.shop.page.context.new_page()
    page.goto(f"{talk.shop.base}/chat/{company.site['key']}")
    expect(page.locator("[role=log]")).to_contain_text("Alku kaupassa")
    page.locator("textarea[name=message]").fill("Jatko omalla sivulla")
    page.keyboard.press("Enter")
    expect(talk.desk.message("Jatko omalla sivulla")).to_be_visible()


def test_an_address_of_the_desk_opens_the_same_conversation_again(windows):
    talk = begin_talk(windows, "Pysyykö paikka?")
    talk.desk.page.reload()
    expect(talk.desk.message("Pysyykö paikka")).to_be_visible()
    talk.desk.page.go_back()
    expect(talk.desk.reply).to_have_count(0)
    talk.desk.page.go_forward()
    expect(talk.desk.message("Pysyykö paikka")).to_be_visible()


def test_who_is_here_is_true_again_after_the_network_was_gone(windows):
    talk = begin_talk(windows, "Oletko vielä siellä?")
    answer(talk, "Olen.")
    talk.shop.page.context.set_offline(True)
    expect(talk.panel.offline_bar).to_be_visible()
    talk.desk.page.close()
    time.sleep(17)
    talk.shop.page.context.set_offline(False)
    expect(talk.panel.root.locator("html")).to_have_attribute("data-availability", "unattended", timeout=20_000)


def test_an_agent_who_opens_the_desk_is_here_at_once(windows):
    desk = windows.agent("juhani")
    expect(desk.presence).to_have_attribute("data-presence", "here")
