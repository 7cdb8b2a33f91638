"""Without a mouse: the visitor asks, the agent answers, takes, notes, tags, snoozes and closes."""

from playwright.sync_api import expect


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_until(page, matches, most=40):
    """Tabs on as a person would, until the focus is where it should be."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if matches():
            return
    raise AssertionError("the focus never came there")


def focused(target):
    return target.evaluate("""() => { let node = document.activeElement; while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return node ? [node.tagName, node.name ?? '', node.getAttribute('aria-label') ?? node.textContent.trim()].join('|') : ''; }""")


def test_the_visitor_asks_reads_and_ends_with_keys_only(windows):
    desk = windows.agent()
    shop = windows.visitor()
    panel, keys = shop.panel, shop.page.keyboard
    expect(shop.launcher).to_be_visible()
    tab_until(shop.page, lambda: focused(shop.page).startswith("BUTTON") and "Aino" in focused(shop.page))
    press(shop.page, "Enter")
    expect(panel.root.locator(".start")).to_be_visible()
    tab_until(shop.page, lambda: panel.root.locator(".start").evaluate("node => node === document.activeElement"))
    press(shop.page, "Enter")
    expect(panel.box).to_be_focused()
    keys.type("Kysyn näppäimillä")
    press(shop.page, "Shift+Enter")
    keys.type("kahdella rivillä")
    press(shop.page, "Enter")
    expect(panel.message("kahdella rivillä")).to_be_visible()
    expect(panel.box).to_be_focused()
    desk.open_row(desk.row_with("Kysyn näppäimillä"))
    desk.say("Ja minä vastaan.")
    expect(panel.voice).to_have_text("Aino: Ja minä vastaan.")
    expect(panel.log).to_have_attribute("aria-live", "off")
    press(shop.page, "Escape")
    expect(shop.launcher).to_be_visible()
    expect(shop.launcher).to_be_focused()
    press(shop.page, "Enter")
    expect(panel.box).to_be_focused()
    tab_until(shop.page, lambda: panel.button("menu").evaluate("node => node === document.activeElement"))
    press(shop.page, "Enter")
    assert panel.words("menu.end") in focused(shop.frame())
    press(shop.page, "Enter")
    expect(panel.root.locator("dialog")).to_be_visible()
    tab_until(shop.page, lambda: panel.words("menu.endYes") in focused(shop.frame()), most=4)
    press(shop.page, "Enter")
    expect(panel.root.locator(".ending")).to_be_visible()
    tab_until(shop.page, lambda: focused(shop.frame()).startswith("INPUT|score"))
    press(shop.page, "ArrowRight", "ArrowRight")
    tab_until(shop.page, lambda: "Lähetä" in focused(shop.frame()) or panel.words("end.send") in focused(shop.frame()), most=4)
    press(shop.page, "Enter")
    expect(panel.root.locator(".rated")).to_be_visible()
    expect(panel.root.locator(".rated")).to_be_focused()


def test_the_emoji_board_is_walked_with_arrows(windows):
    shop = windows.visitor()
    panel = shop.open_panel()
    panel.begin()
    panel.button("compose.emoji").focus()
    press(shop.page, "Enter", "ArrowRight", "ArrowDown", "Enter")
    expect(panel.box).to_be_focused()
    assert panel.box.input_value()
    panel.button("compose.emoji").focus()
    press(shop.page, "Enter", "Escape")
    expect(panel.button("compose.emoji")).to_be_focused()


def test_the_agent_does_the_whole_work_with_keys_only(windows, company):
    panel = windows.visitor().open_panel()
    panel.ask("Hoidatko ilman hiirtä?")
    desk = windows.agent("juhani")
    page, keys = desk.page, desk.page.keyboard
    expect(desk.row_with("Hoidatko ilman hiirtä")).to_be_visible()
    conversation = desk.row_with("Hoidatko ilman hiirtä").get_attribute("data-conversation-id")
    state = lambda: company.owner("GET", f"conversations/{conversation}")["conversation"]
    for _ in range(10):
        press(page, "j")
        page.wait_for_timeout(120)
        if conversation in page.url:
            break
    expect(desk.message("Hoidatko ilman hiirtä")).to_be_visible()
    press(page, "o")
    expect(panel.log.locator("[data-event=joined]")).to_contain_text("Juhani")
    assert state()["agent"]["name"] == "Juhani"
    press(page, "r")
    expect(desk.reply).to_be_focused()
    keys.type("Hoidan.")
    press(page, "Control+Enter")
    expect(panel.message("Hoidan.")).to_be_visible()
    keys.type("/toim")
    expect(page.locator("[role=listbox] [role=option]").first).to_be_visible()
    press(page, "Enter")
    expect(desk.reply).to_have_value("Moro! Paketti lähtee meiltä huomenna.")
    press(page, "Control+Enter")
    expect(panel.message("Paketti lähtee")).to_be_visible()
    keys.type("/m")
    expect(desk.note).to_be_focused()
    keys.type("Katso @Ai")
    press(page, "Enter")
    keys.type("tämä")
    press(page, "Control+Enter")
    expect(desk.log.locator("[data-kind=note] .mention")).to_contain_text("Aino")
    leave_the_box(desk)
    press(page, "t")
    expect(page.locator("#new-tag")).to_be_focused()
    keys.type("kiuas")
    press(page, "Enter")
    expect(desk.dialog.locator(".tag")).to_contain_text("kiuas")
    press(page, "Escape")
    assert state()["tags"] == ["kiuas"]
    leave_the_box(desk)
    press(page, "z")
    expect(desk.dialog).to_be_visible()
    press(page, "Enter")
    expect(desk.dialog).to_have_count(0)
    expect(page.locator(".undo-toast").last).to_contain_text(desk.words("done.snoozed", time="").strip())
    assert state()["state"] == "snoozed"
    with page.expect_response(lambda answer: answer.url.endswith(f"{conversation}/state")):
        press(page, "Control+z")
    assert state()["state"] == "open"
    press(page, "e")
    expect(desk.dialog).to_be_visible()
    press(page, "Enter")
    expect(page.locator(".reopen-strip")).to_be_visible()
    expect(panel.root.locator(".ending")).to_be_visible()
    assert state()["state"] == "closed"


def leave_the_box(desk):
    """F6 goes from pane to pane; single keys work outside text."""
    desk.page.keyboard.press("F6")
    expect(desk.reply.or_(desk.note)).not_to_be_focused()


def test_a_key_pressed_the_moment_a_dialog_closes_is_heard(windows):
    """Before the next frame the browser still counts the closed dialog's box as where one writes."""
    desk = windows.agent("juhani")
    press(desk.page, "Control+k")
    expect(desk.palette.locator("input")).to_be_focused()
    desk.page.evaluate("""() => { document.querySelector('dialog.is-palette').close();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, cancelable: true })); }""")
    expect(desk.dialog).to_contain_text(desk.words("keys.note"))


def test_single_keys_do_nothing_while_writing(windows):
    panel = windows.visitor().open_panel()
    panel.ask("Kirjoitatko rauhassa?")
    desk = windows.agent("juhani")
    desk.open_row(desk.row_with("Kirjoitatko rauhassa"))
    desk.reply.focus()
    desk.page.keyboard.type("oezgtmjkrl?")
    expect(desk.reply).to_have_value("oezgtmjkrl?")
    expect(desk.dialog).to_have_count(0)


def test_f6_walks_through_the_panes_and_dialogs_keep_the_focus_inside(windows):
    panel = windows.visitor().open_panel()
    panel.ask("Kierretäänkö?")
    desk = windows.agent("juhani")
    desk.open_row(desk.row_with("Kierretäänkö"))
    places = set()
    for _ in range(6):
        desk.page.keyboard.press("F6")
        places.add(desk.page.evaluate("document.activeElement.closest('nav, header, #inbox, .talk-body, .composer, #customer')?.className"))
    assert len(places) == 6, places
    desk.log.focus()
    desk.page.keyboard.press("g")
    expect(desk.dialog).to_be_visible()
    for _ in range(12):
        desk.page.keyboard.press("Tab")
        inside = desk.page.evaluate("document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))")
        assert inside
    desk.page.keyboard.press("Escape")
    expect(desk.dialog).to_have_count(0)


def test_new_messages_and_lost_connections_are_told_by_live_regions(windows):
    panel = windows.visitor().open_panel()
    panel.ask("Kuuluuko?")
    desk = windows.agent("juhani")
    desk.open_row(desk.row_with("Kuuluuko"))
    expect(desk.log).to_have_attribute("role", "log")
    desk.page.wait_for_function("() => !document.querySelector('[role=log]').hasAttribute('aria-live')")
    assert desk.page.locator(".banners [role=status]").count() >= 1
    desk.page.context.set_offline(True)
    expect(desk.page.locator(".banners [role=status] .banner")).to_be_visible()


def test_the_gate_is_passed_with_keys_only(windows, company):
    page = windows.context().new_page()
    page.goto(f"{windows.base}/desk/sign-in")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type("aino@loylymaki.example")
    press(page, "Tab")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(company.PASSWORD)
    press(page, "Enter")
    expect(page.locator("[data-presence]").first).to_be_visible()
    assert page.url.endswith("/desk")
