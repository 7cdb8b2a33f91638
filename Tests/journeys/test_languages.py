"""In Finnish, Swedish and English: the texts are there, none by its name only, and the page says its language."""

import re

import pytest
from playwright.sync_api import expect
from words import LANGUAGES, missing, texts, words

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}

SPOKEN = """() => [document.title, document.body.innerText, ...[...document.querySelectorAll('*')].flatMap(node =>
  ['aria-label', 'title', 'placeholder', 'alt', 'data-drop'].map(name => node.getAttribute(name) ?? ''))].join('\\n')"""


def assert_speaks(target, language, *names):
    expect_lang = target.evaluate("document.documentElement.lang")
    assert expect_lang == language
    text = target.evaluate(SPOKEN)
    assert not missing(text), missing(text)
    assert "{" not in text and "undefined" not in text and "[object" not in text, text
    for name in names:
        assert words(name, language).split("{")[0] in text, f"{name} is not on the screen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_road_of_the_visitor(windows, language):
    desk = windows.agent()
    shop = windows.visitor(language=language, locale=LOCALES[language])
    shop.page.locator("select.language").select_option(language)
    expect(shop.page.locator("html")).to_have_attribute("lang", language)
    panel = shop.open_panel()
    expect(panel.root.locator("html")).to_have_attribute("lang", language)
    assert_speaks(shop.page, language)
    assert_speaks(shop.frame(), language, "widget.home.start", "widget.home.ask")
    panel.ask(f"Kysymys kielellä {language}")
    desk.open_row(desk.row_with(f"kielellä {language}"))
    desk.act("take")
    desk.say("Vastaus")
    expect(panel.message("Vastaus")).to_be_visible()
    assert_speaks(shop.frame(), language, "widget.compose.send", "widget.compose.attach", "widget.stage.read")
    expect(panel.log).to_contain_text(panel.words("event.joined", name="Aino"))
    panel.menu("menu.end")
    assert_speaks(shop.frame(), language, "widget.menu.endAsk")
    panel.button("menu.endYes").click()
    expect(panel.root.locator(".ending")).to_be_visible()
    assert_speaks(shop.frame(), language, "widget.end.thanks", "widget.end.title", "widget.end.again", "widget.end.send")
    panel.menu("menu.home")
    expect(panel.root.locator(".earlier")).to_be_visible()
    assert_speaks(shop.frame(), language, "widget.home.earlier")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_road_of_the_agent(windows, company, language):
    company.api("juhani")("PATCH", "me", {"language": language})
    panel = windows.visitor().open_panel()
    panel.ask(f"Työpöydän kieli {language}")
    desk = windows.agent("juhani", language=language, locale=LOCALES[language])
    for view in ("all", "mine", "unassigned", "snoozed", "closed"):
        desk.page.locator(f'[data-view="{view}"]').click()
        desk.page.wait_for_timeout(150)
        assert_speaks(desk.page, language, "desk.view.all", "desk.presence.here")
    desk.page.locator('[data-view="all"]').click()
    desk.open_row(desk.row_with(f"Työpöydän kieli {language}"))
    desk.act("take")
    desk.say("Selvä")
    desk.write_note("Muistiin")
    expect(desk.message("Muistiin")).to_be_visible()
    assert_speaks(desk.page, language, "desk.composer.note", "desk.composer.onlyTeam", "desk.customer")
    for action in ("transfer", "snooze", "tag", "close"):
        desk.act(action)
        expect(desk.dialog).to_be_visible()
        assert_speaks(desk.page, language)
        desk.page.keyboard.press("Escape")
    desk.log.focus()
    for key in ("Control+k", "?"):
        desk.page.keyboard.press(key)
        expect(desk.dialog).to_be_visible()
        assert_speaks(desk.page, language)
        desk.page.keyboard.press("Escape")
    desk.page.locator(".me").click()
    assert_speaks(desk.page, language, "desk.account.signOut")
    for page in ("people", "replies", "account"):
        desk.open(f"/desk/settings/{page}")
        desk.page.wait_for_load_state("networkidle")
        assert_speaks(desk.page, language, f"desk.settings.{page}")
    company.api("tuula")("PATCH", "me", {"language": language})
    manager = windows.agent("tuula", path="/desk/settings/site", language=language)
    manager.page.wait_for_load_state("networkidle")
    assert_speaks(manager.page, language, "desk.settings.site", "desk.site.snippet")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gate(windows, language):
    page = windows.context(locale=LOCALES[language]).new_page()
    page.goto(f"{windows.base}/desk/sign-in")
    expect(page.locator("#email")).to_be_visible()
    assert_speaks(page, language, "desk.gate.signIn")
    expect(page.locator("form.gate")).to_contain_text("Löylymäki")
    page.locator("#email").fill(f"ei.ole.{language}@example.fi")
    page.locator("#password").fill("väärä salasana")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]").first).to_be_visible()
    assert_speaks(page, language, "desk.gate.wrong", "desk.gate.again.title")
    page.goto(f"{windows.base}/desk/sign-in?link=olematon")
    page.locator("form.gate .is-primary").click()
    expect(page.locator("[role=alert], .kept-text").first).to_be_visible()
    assert_speaks(page, language)


@pytest.mark.parametrize("area", ["widget", "desk", "shop"])
def test_every_language_has_the_same_words_with_the_same_places_to_fill(area):
    finnish = texts(area, "fi")
    for language in ("sv", "en"):
        other = texts(area, language)
        assert set(other) == set(finnish)
        assert not [name for name in finnish if holes(other[name]) != holes(finnish[name])]


def holes(text):
    return set(re.findall(r"\{(\w+)\}", text))
