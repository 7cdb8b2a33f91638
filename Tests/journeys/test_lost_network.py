"""The network goes away in the middle of a sentence, and comes back."""

import time

from playwright.sync_api import expect
from talks import answer, begin_talk


def test_what_the_visitor_writes_meanwhile_goes_in_order_when_the_network_is_back(windows, cut_seconds, company):
    talk = begin_talk(windows, "Millä pesen laudeliinan?")
    answer(talk, "Neljässäkymmenessä asteessa.")
    talk.panel.box.press_sequentially("Entä kui", delay=10)
    talk.shop.page.context.set_offline(True)
    expect(talk.panel.offline_bar).to_contain_text(talk.panel.words("offline")[:20])
    talk.panel.box.press_sequentially("vaus?", delay=10)
    talk.panel.box.press("Enter")
    talk.panel.say("Rummussa vai narulla?")
    expect(talk.panel.message("Entä kuivaus?")).to_have_attribute("data-state", "sending")
    talk.panel.box.fill("Tämä on vielä kesken")
    talk.desk.say("Kysy vain lisää.")
    time.sleep(cut_seconds)
    expect(talk.panel.message("Rummussa")).to_have_attribute("data-state", "sending")
    talk.shop.page.context.set_offline(False)
    expect(talk.panel.offline_bar).to_be_hidden(timeout=20_000)
    expect(talk.panel.message("Kysy vain lisää")).to_be_visible()
    expect(talk.desk.message("Rummussa")).to_be_visible(timeout=20_000)
    expect(talk.panel.box).to_have_value("Tämä on vielä kesken")
    expect(talk.panel.message("Rummussa")).not_to_have_attribute("data-state", "sending")
    talk.assert_same_on_both_sides()
    assert [text for author, text in talk.desk.said() if author == "contact"] == ["Millä pesen laudeliinan?", "Entä kuivaus?", "Rummussa vai narulla?"]


def test_what_the_agent_writes_meanwhile_goes_in_order_when_the_network_is_back(windows, cut_seconds):
    talk = begin_talk(windows, "Onko kiviä varastossa?")
    answer(talk, "Hetki, katson.")
    talk.desk.page.context.set_offline(True)
    expect(talk.desk.banner).to_be_visible()
    for text in ("On kaksikymmentä säkkiä.", "Varaanko sinulle?"):
        talk.desk.say(text)
    talk.desk.reply.fill("Ja vielä luonnos")
    talk.panel.say("Odotan tässä.")
    time.sleep(cut_seconds)
    expect(talk.desk.message("Varaanko")).to_have_attribute("data-state", "sending")
    talk.desk.page.context.set_offline(False)
    expect(talk.panel.message("Varaanko")).to_be_visible(timeout=20_000)
    expect(talk.desk.message("Odotan tässä")).to_be_visible()
    expect(talk.desk.reply).to_have_value("Ja vielä luonnos")
    expect(talk.desk.banner).to_have_count(0, timeout=15_000)
    expect(talk.desk.message("Varaanko")).not_to_have_attribute("data-state", "sending")
    talk.assert_same_on_both_sides()


def test_a_page_closed_without_network_sends_what_was_waiting_at_the_next_visit(windows):
    talk = begin_talk(windows, "Onko teillä lahjakortteja?")
    context = talk.shop.page.context
    context.set_offline(True)
    expect(talk.panel.offline_bar).to_be_visible()
    talk.panel.say("Viiden kympin kortti olisi hyvä")
    expect(talk.panel.message("Viiden kympin")).to_have_attribute("data-state", "sending")
    talk.shop.page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{talk.shop.base}/demo")
    expect(talk.desk.message("Viiden kympin")).to_be_visible(timeout=20_000)
    expect(talk.desk.messages.filter(has_text="Viiden kympin")).to_have_count(1)


def test_a_draft_is_kept_over_reload_on_both_sides(windows):
    talk = begin_talk(windows, "Mistä tunnen hyvän vihdan?")
    talk.panel.box.press_sequentially("kesken jäänyt kysymys", delay=5)
    talk.desk.reply.press_sequentially("kesken jäänyt vastaus", delay=5)
    talk.shop.page.reload()
    expect(talk.panel.box).to_have_value("kesken jäänyt kysymys")
    talk.desk.page.reload()
    expect(talk.desk.reply).to_have_value("kesken jäänyt vastaus")
