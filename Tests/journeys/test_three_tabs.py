"""One visitor with several tabs: one conversation, one unread count."""

from panel import Shop
from playwright.sync_api import expect
from talks import begin_talk


def another_tab(talk, path="/demo/aarni"):
    return Shop(talk.shop.page.context.new_page(), talk.shop.base).open(path)


def test_three_tabs_show_one_conversation_and_one_unread_count(windows):
    talk = begin_talk(windows, "Sopiiko Otava ulkosaunaan?")
    talk.panel.button("minimise").click()
    tabs = [talk.shop, another_tab(talk), another_tab(talk, "/demo/otava")]
    talk.desk.say("Sopii hyvin.")
    talk.desk.say("Pidä se kuitenkin katon alla.")
    for tab in tabs:
        expect(tab.badge).to_have_text("2")
    panel = tabs[1].open_panel()
    expect(panel.message("katon alla")).to_be_visible()
    for tab in tabs:
        expect(tab.badge).to_be_hidden()


def test_what_is_said_in_one_tab_is_in_all_of_them_once(windows):
    talk = begin_talk(windows, "Montako kauhaa mahtuu koukkuun?")
    tabs = [talk.shop, another_tab(talk), another_tab(talk, "/demo/kauha")]
    panels = [tabs[0].panel, *(tab.open_panel() for tab in tabs[1:])]
    for panel in panels:
        expect(panel.message("koukkuun")).to_be_visible()
    for number, panel in enumerate(panels):
        panel.say(f"sanottu välilehdessä {number}")
    for panel in panels:
        for number in range(3):
            expect(panel.messages.filter(has_text=f"sanottu välilehdessä {number}")).to_have_count(1)
        expect(panel.messages).to_have_count(4)
    expect(talk.desk.messages.and_(talk.desk.page.locator("[data-author=contact]"))).to_have_count(4)
    orders = [panel.said() for panel in panels] + [talk.desk.said()]
    assert all(order == orders[0] for order in orders)


def test_a_first_question_asked_in_two_tabs_at_once_is_one_conversation(windows, company):
    desk = windows.agent()
    shop = windows.visitor()
    panels = [shop.open_panel(), Shop(shop.page.context.new_page(), shop.base).open().open_panel()]
    for panel in panels:
        panel.begin()
    for number, panel in enumerate(panels):
        panel.say(f"kaksi ensimmäistä {number}")
    for panel in panels:
        for number in range(2):
            expect(panel.messages.filter(has_text=f"kaksi ensimmäistä {number}")).to_have_count(1)
    expect(desk.rows.filter(has_text="kaksi ensimmäistä")).to_have_count(1)


def test_ending_in_one_tab_ends_it_in_the_other(windows):
    talk = begin_talk(windows, "Kiitos avusta!")
    other = another_tab(talk).open_panel()
    expect(other.message("Kiitos avusta")).to_be_visible()
    talk.panel.menu("menu.end")
    talk.panel.button("menu.endYes").click()
    expect(other.root.locator(".ending")).to_be_visible()
