"""The desk as an agent sees it."""

from playwright.sync_api import expect
from words import words

LINES = """nodes => nodes.map(node => ({ id: node.dataset.messageId, author: node.dataset.author, state: node.dataset.state,
  text: (node.querySelector('.message-bubble, p') ?? node).textContent }))"""


class Desk:
    def __init__(self, page, base, language="fi"):
        self.page, self.base, self.language = page, base, language
        self.rows = page.locator(".inbox-row[data-conversation-id]")
        self.log = page.locator("[role=log]")
        self.messages = self.log.locator("[data-message-id]")
        self.reply = page.locator("textarea[name=reply]")
        self.note = page.locator("textarea[name=note]")
        self.presence = page.locator("[data-presence]").first
        self.banner = page.locator(".banners .banner")
        self.peek = page.locator(".peek")
        self.palette = page.locator("dialog.is-palette")
        self.dialog = page.locator("dialog[open]")

    def words(self, name, /, **values):
        return words(f"desk.{name}", self.language, **values)

    def open(self, path="/desk"):
        self.page.goto(self.base + path)
        expect(self.page.locator("#desk .app")).to_be_visible()
        return self

    def row(self, conversation):
        return self.page.locator(f'.inbox-row[data-conversation-id="{conversation}"]')

    def row_with(self, text):
        return self.rows.filter(has_text=text).first

    def open_row(self, row):
        row.click()
        expect(self.log).to_be_visible()
        return row.get_attribute("data-conversation-id")

    def act(self, name):
        """A button of the conversation's head, or the same deed from its menu when there is no room for the button."""
        button = self.page.locator(f'.talk-head [data-action="{name}"]')
        if button.is_visible():
            return button.click()
        self.page.locator('.talk-head [data-action="more"]').click()
        return self.page.locator(".menu").get_by_role("button", name=self.words(f"command.{name}")).click()

    def say(self, text):
        self.reply.fill(text)
        self.reply.press("Control+Enter")

    def write_note(self, text):
        self.page.get_by_role("tab", name=self.words("composer.note")).click()
        self.note.fill(text)
        self.note.press("Control+Enter")

    def message(self, text):
        return self.messages.filter(has_text=text).first

    def lines(self):
        return self.messages.evaluate_all(LINES)

    def said(self):
        return [(line["author"], line["text"]) for line in self.lines() if line["author"] != "system"]

    def dialog_button(self, name, /, **values):
        return self.dialog.get_by_role("button", name=self.words(name, **values))
