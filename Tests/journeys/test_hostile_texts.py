"""Whatever a visitor writes is text: shown as it is, everywhere, and nothing in it ever runs."""

import pytest
from hostile import EMOJI, LINES, NAME, SCRIPTS, TITLE, TRICKS
from playwright.sync_api import expect
from talks import begin_talk

NOTIFICATIONS = """() => { window.notified = []; window.Notification = class { constructor(title, options) { window.notified.push([title, options.body]); }
  close() {} static permission = 'granted'; static requestPermission() { return Promise.resolve('granted'); } }; Document.prototype.hasFocus = () => false; }"""


def assert_harmless(*pages):
    for page in pages:
        for frame in page.frames:
            assert frame.evaluate("window.hacked") is None
            assert frame.evaluate("document.querySelectorAll('script:not([src]), [onerror], [onload], [onmouseover], a[href^=\"javascript\" i], a[href^=\"data\" i], iframe[srcdoc]').length") == 0


def shown(text):
    """As a person sees it: controls that could mislead are not there."""
    return " ".join(text.split())


@pytest.mark.parametrize("texts", [SCRIPTS, TRICKS], ids=["scripts", "tricks"])
def test_hostile_messages_are_shown_as_text_on_both_sides(windows, company, texts):
    talk = begin_talk(windows, "Alku")
    for text in texts:
        talk.panel.say(text)
        talk.desk.say(text)
    expect(talk.panel.messages).to_have_count(2 * len(texts) + 1)
    expect(talk.desk.messages.and_(talk.desk.page.locator(":not([data-author=system])"))).to_have_count(2 * len(texts) + 1)
    kept = [message["text"] for message in company.messages(talk.id)][1:]
    assert sorted(kept) == sorted([text.strip() for text in texts] * 2)
    if texts is SCRIPTS:
        for side in (talk.panel, talk.desk):
            said = [shown(text) for _, text in side.said()]
            assert all(said.count(shown(text)) == 2 for text in texts)
    talk.shop.page.reload()
    talk.desk.page.reload()
    expect(talk.panel.messages).to_have_count(2 * len(texts) + 1)
    expect(talk.desk.messages.first).to_be_visible()
    assert_harmless(talk.shop.page, talk.desk.page)


def test_hostile_last_lines_in_the_inbox_the_launcher_and_the_notification(windows):
    desk = windows.agent("juhani", path=None)
    desk.page.add_init_script(f"({NOTIFICATIONS})(); localStorage.setItem('moro.desk.preferences', JSON.stringify({{notifications: true, askedNotifications: true}}))")
    desk.open()
    talk = begin_talk(windows, SCRIPTS[1])
    expect(desk.row(talk.id)).to_contain_text(SCRIPTS[1][:20])
    desk.page.wait_for_function("() => window.notified.length")
    assert SCRIPTS[1] in desk.page.evaluate("window.notified.at(-1)[1]")
    talk.panel.button("minimise").click()
    talk.desk.say(SCRIPTS[2])
    expect(talk.shop.launcher).to_contain_text("<svg/onload")
    assert_harmless(talk.shop.page, talk.desk.page, desk.page)


def test_hostile_names_and_page_titles_in_every_place_of_the_desk(windows, company):
    shop = windows.visitor(path=None)
    shop.page.add_init_script(f"addEventListener('DOMContentLoaded', () => setTimeout(() => {{ document.title = {TITLE!r}; }}, 0))")
    shop.page.add_init_script(f"window.moro = function () {{ (moro.q = moro.q || []).push(arguments); }}; moro('identify', {{ name: {NAME!r}, email: 'a@b.fi', attributes: {{ '<b>avain</b>': '<i onclick=window.hacked=1>arvo</i>' }} }})")
    shop.open()
    panel = shop.open_panel()
    panel.ask("Nimeni on vähän erikoinen")
    desk = windows.agent()
    row = desk.row_with("vähän erikoinen")
    expect(row).to_contain_text("<img src=x")
    desk.open_row(row)
    expect(desk.page.locator("#talk-name")).to_contain_text("<img src=x")
    expect(desk.page.locator("#customer")).to_contain_text("<i onclick=window.hacked=1>arvo</i>")
    assert "<img src=x" in desk.page.title() and "\u202e" not in desk.page.title()
    for action in ("transfer", "snooze", "close"):
        desk.act(action)
        expect(desk.dialog).to_be_visible()
        desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("img src")
    expect(desk.palette.locator("mark").first).to_be_visible()
    assert_harmless(shop.page, desk.page)


def test_hostile_words_are_found_by_search_and_shown_as_text(windows):
    talk = begin_talk(windows, "<script>window.hacked=1</script> hirviölintu <b>x</b>")
    talk.desk.page.keyboard.press("Escape")
    talk.desk.log.focus()
    talk.desk.page.keyboard.press("Control+k")
    talk.desk.page.keyboard.type("hirviölintu")
    expect(talk.desk.palette.locator("mark", has_text="hirviölintu").first).to_be_visible()
    expect(talk.desk.palette).to_contain_text("<script>")
    for query in ("<script>", "\"'`%_*()^AND OR NOT", "hirvi*", "\\", "NEAR(", "''"):
        talk.desk.palette.locator("input").fill(query)
        talk.desk.page.wait_for_timeout(350)
    assert_harmless(talk.desk.page)


@pytest.mark.parametrize("text", [EMOJI, LINES], ids=["64-kB-of-emoji", "ten-thousand-lines"])
def test_a_very_long_message_is_folded_and_unfolds_whole(windows, company, text):
    talk = begin_talk(windows, "Tulossa pitkä", permissions=["clipboard-read", "clipboard-write"])
    talk.panel.paste(text)
    talk.panel.box.press("Enter")
    expect(talk.desk.messages).to_have_count(2)
    assert company.messages(talk.id)[-1]["text"] == text
    expect(talk.panel.root.locator(".unfold")).to_be_visible()
    talk.panel.root.locator(".unfold").click()
    assert talk.panel.messages.last.locator(".message-text").text_content() == text
    talk.desk.messages.last.locator(".fold").click()
    assert talk.desk.messages.last.locator(".message-bubble").text_content() == text
    assert talk.desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_byte_too_much_is_said_before_sending_and_the_text_stays(windows):
    talk = begin_talk(windows, "Tulossa liikaa")
    talk.panel.box.fill(EMOJI + "a")
    expect(talk.panel.root.locator(".composer .field-error")).to_contain_text(talk.panel.words("compose.tooLong"))
    talk.panel.box.press("Enter")
    expect(talk.panel.box).to_have_value(EMOJI + "a")
    expect(talk.panel.messages).to_have_count(1)
