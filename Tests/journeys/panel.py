"""The shop's page with its launcher, and the panel where a visitor writes."""

import re

from playwright.sync_api import expect
from words import words

LINES = """nodes => nodes.map(node => ({ id: node.dataset.messageId, author: node.dataset.author, state: node.dataset.state,
  text: (node.querySelector('.message-text') ?? node.querySelector('.message-bubble') ?? node).textContent }))"""


class Panel:
    """`root` is the frame on the shop's page, or the page of the direct link."""

    def __init__(self, page, root, language="fi"):
        self.page, self.root, self.language = page, root, language
        self.box = root.locator("textarea[name=message]")
        self.log = root.locator("[role=log]")
        self.messages = self.log.locator("[data-message-id]")
        self.offline_bar = root.locator(".banner-place .banner")
        self.voice = root.locator(".panel > [role=status]")
        self.head = root.locator(".panel-head")
        self.file = root.locator("input[type=file]")

    def words(self, name, /, **values):
        return words(f"widget.{name}", self.language, **values)

    def button(self, name, /, **values):
        return self.root.get_by_role("button", name=self.words(name, **values), exact=True)

    def begin(self):
        """From the first screen to the place where one writes."""
        self.root.locator(".start").click()
        expect(self.box).to_be_visible()

    def say(self, text):
        self.box.fill(text)
        self.box.press("Enter")

    def paste(self, text):
        """Long texts come this way: typed in one go, thousands of lines take a browser minutes."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.box.focus()
        self.page.keyboard.press("Control+v")

    def ask(self, text):
        self.begin()
        self.say(text)
        expect(self.message(text)).to_have_attribute("data-state", re.compile("sent|delivered|read"))

    def message(self, text):
        return self.messages.filter(has_text=text).first

    def lines(self):
        return self.messages.evaluate_all(LINES)

    def said(self):
        """(author, text) of all messages, from the oldest down."""
        return [(line["author"], line["text"]) for line in self.lines() if line["author"] != "system"]

    def menu(self, name):
        self.button("menu").click()
        self.root.get_by_role("menuitem", name=self.words(name)).click()

    def attach(self, *files):
        self.file.set_input_files(list(files))


class Shop:
    def __init__(self, page, base, language="fi"):
        self.page, self.base, self.language = page, base, language
        self.launcher = page.locator("moro-launcher button")
        self.badge = page.locator("moro-launcher .badge")
        self.frame_element = page.locator("moro-launcher iframe")
        self.panel = Panel(page, page.frame_locator("iframe[name=moro-panel]"), language)

    def open(self, path="/demo"):
        self.page.goto(self.base + path)
        return self

    def open_panel(self):
        self.launcher.click()
        expect(self.panel.root.locator(".panel:not([data-screen=loading])")).to_be_visible()
        return self.panel

    def frame(self):
        """The panel's frame itself, for what a locator can't ask."""
        return self.page.frame(name="moro-panel")

    def moro(self, *arguments):
        return self.page.evaluate("words => window.moro(...words)", list(arguments))
