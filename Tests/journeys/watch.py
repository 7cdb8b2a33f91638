"""Watches what a person never should meet: script errors, dialogs, refusals by our own security policy."""

import re

POLICY = re.compile(r"Content Security Policy|Refused to (?:load|execute|apply|connect|frame)", re.I)


class Watch:
    def __init__(self, context):
        self.errors, self.dialogs, self.refusals, self.console = [], [], [], []
        context.on("console", self.said)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("dialog", self.asked)

    def said(self, message):
        self.console.append((message.type, message.text))
        if POLICY.search(message.text):
            self.refusals.append(message.text)

    def hears(self, page, *words, seconds=10):
        """Whether the console says, by and by, one line with all these words."""
        for _ in range(seconds * 10):
            if any(all(word in text for word in words) for _, text in self.console):
                return True
            page.wait_for_timeout(100)
        return False

    def asked(self, dialog):
        if dialog.type == "beforeunload":
            return dialog.accept()
        self.dialogs.append(dialog.message)
        return dialog.dismiss()

    def assert_calm(self):
        assert not self.errors, f"script errors: {self.errors}"
        assert not self.dialogs, f"dialogs: {self.dialogs}"
        assert not self.refusals, f"refused by policy: {self.refusals}"
