"""Takes the README's pictures: the real widget in the demo shop, and the desk that answers. `bin/pictures` runs it."""

import sys
from pathlib import Path
from types import SimpleNamespace

from api import Api, link_in
from conftest import HEADLESS, Windows
from desk import Desk
from playwright.sync_api import expect, sync_playwright
from server import ROOT, Server

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 300_000
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
QUESTION = "Moro! Mahtuuko Aarni-kiuluun viisi litraa, jos kauha on sisällä?"
ANSWER = "Moro! Mahtuu. Reunaan jää vielä kaksi senttiä, joten vesi ei läiky kantaessa."
THANKS = "Loistavaa. Ehtiikö se perille perjantaiksi?"
DRAFT = "Ehtii hyvin! Kun tilaat ennen keskiviikkoa klo 14, Otava on noutopisteessä torstaina."


def main():
    server = Server(demo="yes").start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=HEADLESS, args=["--no-sandbox", "--hide-scrollbars"])
            Photographer(browser, server).take_all()
            browser.close()
    finally:
        server.stop()
        server.clear_away()


class Photographer:
    def __init__(self, browser, server):
        company = SimpleNamespace(server=server, tokens={}, site={"key": "loylymaki"})
        self.windows = Windows(browser, company)
        for name in ("maija", "juhani"):
            company.tokens[name] = self.sign_in(server, name)

    def sign_in(self, server, name):
        link = server.run("agent", "sign-in-link", f"{name}@loylymaki.example", "--base-url", server.base)
        return Api(server.base)("POST", "agent-sessions", {"link": link_in(link.split()[-1])})["token"]

    def take_all(self):
        juhani = self.windows.agent("juhani")
        maija = self.windows.agent("maija")
        shop = self.windows.visitor("/demo/aarni", viewport={"width": 1280, "height": 860})
        expect(shop.launcher).to_contain_text("Maija")
        panel = shop.open_panel()
        panel.ask(QUESTION)
        maija.open_row(maija.row_with("Mahtuuko Aarni"))
        maija.say(ANSWER)
        expect(panel.message("Mahtuu.")).to_be_visible()
        panel.say(THANKS)
        expect(maija.message("Ehtiikö se")).to_be_visible()
        maija.reply.press_sequentially("Ehtii hyvin, paketti lähtee", delay=60)
        expect(panel.message("Ehtiikö se")).to_have_attribute("data-state", "read")
        self.keep(shop.page, "widget-in-shop")
        self.widget_phone_picture(shop)
        maija.act("close")
        maija.dialog_button("close.silently").click()
        self.desk_pictures()
        self.sign_in_picture()
        juhani.page.close()

    def desk_pictures(self):
        for theme in ("light", "dark"):
            desk = self.windows.agent("maija", color_scheme=theme)
            self.without_question(desk)
            desk.open_row(desk.row_with("Liisa Rantanen"))
            expect(desk.messages.last).to_be_visible()
            desk.reply.fill(DRAFT)
            self.keep(desk.page, f"desk-{theme}")
            desk.reply.fill("")
        desk = self.windows.agent("maija", **PHONE)
        desk.open_row(desk.row_with("Liisa Rantanen"))
        expect(desk.messages.last).to_be_visible()
        self.keep(desk.page, "desk-phone")

    def widget_phone_picture(self, shop):
        page = self.windows.context(**PHONE, storage_state=shop.page.context.storage_state()).new_page()
        page.goto(f"{shop.base}/chat/loylymaki")
        expect(page.locator("[data-message-id]").last).to_be_visible()
        self.keep(page, "widget-phone")

    def sign_in_picture(self):
        page = self.windows.context(viewport={"width": 1280, "height": 860}).new_page()
        page.goto(f"{self.windows.base}/desk/sign-in")
        expect(page.locator("#email")).to_be_visible()
        self.keep(page, "sign-in")

    def without_question(self, desk):
        """The card that asks leave for notifications is for the first day only."""
        desk.page.evaluate("localStorage.setItem('moro.desk.preferences', JSON.stringify({ askedNotifications: true }))")
        desk.page.reload()

    def keep(self, page, name):
        page.wait_for_timeout(400)
        path = PICTURES / f"{name}.png"
        page.screenshot(path=path, scale="css" if "phone" not in name else "device")
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}  {size // 1000} kB", flush=True)
        if size > LARGEST:
            sys.exit(f"{name} is larger than {LARGEST // 1000} kB")


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    main()
