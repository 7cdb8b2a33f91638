"""A conversation under way: a visitor in the shop and an agent at the desk who look at the same lines."""

from dataclasses import dataclass

from desk import Desk
from panel import Panel, Shop
from playwright.sync_api import expect


@dataclass
class Talk:
    shop: Shop
    panel: Panel
    desk: Desk
    id: str

    def assert_same_on_both_sides(self):
        assert self.panel.said() == self.desk.said()


def begin_talk(windows, text="Mahtuuko Aarni-kiuluun viisi litraa?", agent="aino", language="fi", desk_language="fi", **options):
    desk = windows.agent(agent, language=desk_language)
    shop = windows.visitor(language=language, **options)
    panel = shop.open_panel()
    panel.ask(text)
    row = desk.row_with(text[:40])
    expect(row).to_be_visible()
    return Talk(shop, panel, desk, desk.open_row(row))


def answer(talk, text):
    talk.desk.say(text)
    expect(talk.panel.message(text)).to_be_visible()
