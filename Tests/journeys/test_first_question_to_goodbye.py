"""From the first question to goodbye and rating."""

import re

from playwright.sync_api import expect
from talks import answer, begin_talk

GOT = re.compile("delivered|read")


def test_a_visitor_sees_who_is_here_before_asking(windows):
    windows.agent("aino")
    shop = windows.visitor()
    expect(shop.launcher).to_contain_text("Aino")
    panel = shop.open_panel()
    expect(panel.root.locator("html")).to_have_attribute("data-availability", "open")
    expect(panel.root.locator(".ask")).to_contain_text("Aino")


def test_a_question_is_taken_and_answered(windows, company):
    talk = begin_talk(windows, "Mahtuuko Aarni-kiuluun viisi litraa?")
    talk.desk.act("take")
    expect(talk.panel.log.locator("[data-event=joined]")).to_contain_text("Aino")
    expect(talk.panel.head).to_contain_text("Aino")
    answer(talk, "Mahtuu, ja vielä kauhakin.")
    expect(talk.panel.message("vielä kauhakin")).to_contain_text("Aino")
    talk.assert_same_on_both_sides()
    assert [message["text"] for message in company.messages(talk.id)] == ["Mahtuuko Aarni-kiuluun viisi litraa?", "Mahtuu, ja vielä kauhakin."]


def test_a_reply_takes_a_conversation_that_nobody_had(windows):
    talk = begin_talk(windows, "Onko laudeliina pellavaa?")
    answer(talk, "Täyttä pellavaa.")
    expect(talk.panel.log.locator("[data-event=joined]")).to_have_count(1)
    expect(talk.desk.row(talk.id)).to_contain_text(talk.desk.words("you"))


def test_both_see_that_the_other_is_writing(windows, company):
    company.change_site(peek=True)
    talk = begin_talk(windows, "Milloin uusia kauhoja tulee?")
    answer(talk, "Katson heti.")
    talk.desk.reply.press_sequentially("Ensi viikolla", delay=120)
    expect(talk.panel.root.locator(".typing-place")).to_contain_text(talk.panel.words("typing", name="Aino"))
    talk.panel.box.press_sequentially("Kiitos jo nyt", delay=60)
    expect(talk.desk.peek).to_contain_text("Kiitos jo nyt")
    company.change_site(peek=False)


def test_messages_tell_when_they_have_come_and_when_they_are_read(windows):
    talk = begin_talk(windows, "Saako kiuluun kaiverruksen?")
    expect(talk.panel.message("kaiverruksen")).to_have_attribute("data-state", "read")
    talk.panel.button("minimise").click()
    talk.desk.say("Saa, kahdessa päivässä.")
    expect(talk.desk.message("kahdessa päivässä")).to_have_attribute("data-state", "delivered")
    expect(talk.shop.badge).to_have_text("1")
    expect(talk.shop.launcher).to_contain_text("Aino")
    talk.shop.open_panel()
    expect(talk.desk.message("kahdessa päivässä")).to_have_attribute("data-state", "read")
    expect(talk.shop.badge).to_be_hidden()


def test_a_note_is_for_the_team_and_never_for_the_visitor(windows):
    talk = begin_talk(windows, "Voiko tilauksen hakea itse?")
    talk.desk.act("take")
    talk.desk.write_note("Muista kysyä @Juhani varaston avaimesta")
    expect(talk.desk.message("varaston avaimesta")).to_have_attribute("data-kind", "note")
    talk.desk.page.get_by_role("tab", name=talk.desk.words("composer.reply")).click()
    answer(talk, "Tervetuloa hakemaan.")
    expect(talk.panel.log).not_to_contain_text("varaston")
    talk.shop.page.reload()
    expect(talk.panel.message("Tervetuloa hakemaan")).to_be_visible()
    expect(talk.panel.log).not_to_contain_text("varaston")


def test_a_conversation_is_passed_on_with_a_word_to_the_colleague(windows):
    juhani = windows.agent("juhani")
    talk = begin_talk(windows, "Mikä teho 12 kuution saunaan?")
    talk.desk.act("take")
    expect(talk.panel.head).to_contain_text("Aino")
    talk.desk.act("transfer")
    talk.desk.dialog.get_by_label("Juhani Lehtonen").check()
    talk.desk.dialog.locator("textarea[name=note]").fill("Sinä tunnet kiukaat, ota koppi")
    talk.desk.dialog.get_by_role("button", name=talk.desk.words("action.transfer"), exact=True).click()
    expect(talk.panel.log.locator("[data-event=transferred]")).to_contain_text("Juhani")
    expect(talk.panel.head).to_contain_text("Juhani")
    juhani.open_row(juhani.row(talk.id))
    expect(juhani.message("ota koppi")).to_have_attribute("data-kind", "note")
    juhani.say("Yhdeksän kilowattia riittää.")
    expect(talk.panel.message("Yhdeksän kilowattia")).to_contain_text("Juhani")
    expect(talk.panel.log).not_to_contain_text("ota koppi")


def test_a_goodbye_is_followed_by_thanks_a_rating_and_a_new_start(windows):
    talk = begin_talk(windows, "Kiitos, tämä selvisi!")
    talk.desk.act("take")
    talk.desk.act("close")
    expect(talk.desk.dialog.locator("textarea[name=text]")).to_have_value("Kiitos, kun kysyit! Leppoisia löylyjä.")
    talk.desk.dialog_button("close.send").click()
    expect(talk.panel.message("Leppoisia löylyjä")).to_be_visible()
    ending = talk.panel.root.locator(".ending")
    expect(ending).to_contain_text(talk.panel.words("end.thanks"))
    ending.get_by_label(talk.panel.words("end.good"), exact=True).check(force=True)
    ending.locator("textarea[name=comment]").fill("Nopea ja ystävällinen")
    talk.panel.button("end.send").click()
    expect(ending).to_contain_text(talk.panel.words("end.rated"))
    expect(talk.desk.log).to_contain_text("Nopea ja ystävällinen")
    talk.panel.button("end.again").click()
    expect(talk.panel.box).to_be_focused()
    talk.panel.say("Vielä yksi asia: onko kivissä kuljetus?")
    row = talk.desk.row_with("onko kivissä kuljetus")
    expect(row).to_be_visible()
    assert row.get_attribute("data-conversation-id") != talk.id


def test_earlier_conversations_are_in_the_history(windows):
    talk = begin_talk(windows, "Ensimmäinen kysymys kauhasta")
    answer(talk, "Ensimmäinen vastaus kauhasta")
    talk.panel.menu("menu.end")
    talk.panel.button("menu.endYes").click()
    talk.panel.button("end.again").click()
    talk.panel.say("Toinen kysymys kivistä")
    expect(talk.panel.message("Toinen kysymys")).to_have_attribute("data-state", GOT)
    talk.panel.menu("menu.home")
    earlier = talk.panel.root.locator(".earlier")
    expect(earlier).to_contain_text("Ensimmäinen vastaus")
    earlier.locator("[data-conversation-id]").first.click()
    expect(talk.panel.message("Ensimmäinen kysymys")).to_be_visible()
    expect(talk.panel.log).not_to_contain_text("Toinen kysymys")


def test_the_visitor_ends_it_and_the_desk_sees_so(windows):
    talk = begin_talk(windows, "En tarvitsekaan apua")
    answer(talk, "Selvä juttu!")
    talk.panel.menu("menu.end")
    talk.panel.button("menu.endYes").click()
    expect(talk.panel.root.locator(".ending")).to_be_visible()
    expect(talk.desk.page.locator(".reopen-strip")).to_be_visible()
    talk.desk.page.locator(".reopen-strip button").click()
    expect(talk.desk.reply).to_be_visible()
    expect(talk.panel.box).to_be_visible()


def test_an_agent_who_leaves_is_no_longer_shown_as_here(windows):
    desk = windows.agent("aino")
    shop = windows.visitor()
    panel = shop.open_panel()
    expect(panel.root.locator("html")).to_have_attribute("data-availability", "open")
    desk.page.close()
    expect(panel.root.locator("html")).to_have_attribute("data-availability", "unattended", timeout=30_000)
    expect(panel.root.locator(".ask")).to_contain_text(panel.words("home.nobody"))
