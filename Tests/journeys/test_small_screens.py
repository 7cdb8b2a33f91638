"""On a phone, on a narrow window and at 200 % zoom."""

import pytest
from playwright.sync_api import expect
from talks import begin_talk

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
NARROW = {"viewport": {"width": 320, "height": 640}}
ZOOMED = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}

WIDER = """() => [document.documentElement, ...document.querySelectorAll('main, section, aside, header, .panel-body, .talk-body, .settings-screen, .inbox')]
  .filter(node => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'visible' || node === document.documentElement && node.scrollWidth > innerWidth)
  .map(node => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}`)"""


def assert_fits(target, where):
    wide = target.evaluate(WIDER)
    assert not wide, f"{where}: {wide}"


def test_the_panel_fills_the_phone_and_the_page_behind_rests(windows):
    shop = windows.visitor(**PHONE)
    box = shop.launcher.bounding_box()
    assert 56 <= box["width"] <= 64 and box["width"] == box["height"], box
    panel = shop.open_panel()
    frame = shop.frame_element.bounding_box()
    assert (frame["x"], frame["y"], frame["width"], frame["height"]) == (0, 0, 390, 844), frame
    assert shop.page.evaluate("document.body.inert")
    panel.ask("Kysyn puhelimesta")
    panel.button("backToPage").click()
    expect(shop.launcher).to_be_visible()
    assert not shop.page.evaluate("document.body.inert")


def test_the_desk_on_a_phone_shows_one_thing_at_a_time(windows):
    shop = windows.visitor()
    shop.open_panel().ask("Vastaatko bussista?")
    desk = windows.agent(**PHONE)
    inbox, customer = desk.page.locator("#inbox"), desk.page.locator("#customer")
    expect(inbox).to_be_visible()
    expect(customer).to_be_hidden()
    desk.open_row(desk.row_with("Vastaatko bussista"))
    expect(inbox).to_be_hidden()
    expect(desk.reply).to_be_visible()
    desk.reply.fill("Vastaan.")
    desk.page.locator(".composer .is-primary").click()
    expect(shop.panel.message("Vastaan.")).to_be_visible()
    desk.page.get_by_role("link", name=desk.words("head.customer")).click()
    expect(customer).to_be_visible()
    expect(desk.reply).to_be_hidden()
    customer.get_by_role("link", name=desk.words("customer.back")).click()
    expect(desk.reply).to_be_visible()
    desk.page.get_by_role("link", name=desk.words("head.back")).click()
    expect(inbox).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, NARROW, ZOOMED], ids=["phone", "320-px", "zoom-200"])
def test_nothing_scrolls_sideways(windows, size):
    talk = begin_talk(windows, f"{size['viewport']['width']} Pitkäsanainenkysymyskiuaskivienpakkauspäivämäärämerkinnöistäjaniidensijainnistapakkauksessa https://www.example.fi/" + "a" * 120)
    talk.desk.say("Löytyypakkauksenpohjastajaetiketistäsekäverkkosivuiltammevuodestakaksituhattakaksikymmentä")
    expect(talk.panel.message("Löytyypakkauksen")).to_be_visible()
    shop = windows.visitor(**size)
    assert_fits(shop.page, "shop")
    panel = shop.open_panel()
    assert_fits(shop.frame(), "panel home")
    panel.ask("x" * 200)
    assert_fits(shop.frame(), "conversation")
    direct = windows.direct(**size)
    expect(direct.root.locator(".start")).to_be_visible()
    assert_fits(direct.page, "direct link")
    desk = windows.agent("tuula", **size)
    assert_fits(desk.page, "inbox")
    desk.open(f"/desk/c/{talk.id}")
    expect(desk.message("Pitkäsanainen")).to_be_visible()
    assert_fits(desk.page, "desk conversation")
    desk.open(f"/desk/c/{talk.id}/customer")
    expect(desk.page.locator("#customer h2")).to_be_visible()
    assert_fits(desk.page, "desk customer")
    for page in ("site", "people", "replies", "account"):
        desk.open(f"/desk/settings/{page}")
        expect(desk.page.locator(".settings-pages h2, .settings-pages h3").first).to_be_visible()
        assert_fits(desk.page, f"settings {page}")
    desk.page.keyboard.press("Control+k")
    assert_fits(desk.page, "palette")
    gate = windows.context(**size).new_page()
    gate.goto(f"{windows.base}/desk/sign-in")
    expect(gate.locator("#email")).to_be_visible()
    assert_fits(gate, "sign-in")


def test_targets_under_a_finger_are_large_enough(windows):
    talk = begin_talk(windows, "Osuuko sormi?", **PHONE)
    small = """() => [...document.querySelectorAll('button, a, input, textarea, select')].filter(node => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map(node => [node, (node.closest('label') ?? node).getBoundingClientRect()]).filter(([node, box]) => box.width && (box.width < 24 || box.height < 24) && getComputedStyle(node).display !== 'inline')
      .map(([node, box]) => `${node.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
    assert not talk.shop.frame().evaluate(small)
    desk = windows.agent("juhani", **PHONE)
    assert not desk.page.evaluate(small)
    desk.open(f"/desk/c/{talk.id}")
    expect(desk.reply).to_be_visible()
    assert not desk.page.evaluate(small)


def test_the_keyboard_of_a_phone_leaves_the_box_in_sight(windows):
    talk = begin_talk(windows, "Näkyykö kenttä?", **PHONE)
    talk.shop.page.set_viewport_size({"width": 390, "height": 400})
    box = talk.panel.box.bounding_box()
    assert box["y"] + box["height"] <= 400, box
