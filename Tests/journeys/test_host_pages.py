"""Pages that are old, strict or badly behaved: the chat stands there and harms nothing."""

import pytest
from playwright.sync_api import expect

HOSTILE_CSS = """<style>
html > *:not(head):not(body) { display: none !important; opacity: 0 !important; transform: scale(0) !important; position: static !important }
body *, moro-launcher, moro-launcher * { font: 60px/3 fantasy !important; color: lime !important; letter-spacing: 1em !important; text-transform: uppercase !important }
button, iframe, div, span, svg { width: 10px !important; max-height: 3px !important; border: 9px solid red !important; visibility: hidden !important; margin: 50px !important; z-index: -1 !important }
* { box-sizing: content-box !important; float: left; direction: rtl !important; animation: none !important }
body *, moro-launcher, moro-launcher * { zoom: 1.7; pointer-events: none !important }
:root { --company: red; --x: 500px; --y: 500px; font-size: 3px }
</style>"""

PROTOTYPE = """<script>
Object.prototype.each = function () { throw new Error('each'); };
Object.prototype.extend = function () { return this; };
Array.prototype.toJSON = function () { return 'array by prototype'; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Object.toJSON = function () { return 'nothing'; };
Function.prototype.bind = function (context) { var run = this; return function () { return run.apply(context, arguments); }; };
Array.prototype.map = function (run, context) { var all = []; for (var n = 0; n < this.length; n++) all.push(run.call(context, this[n], n)); return all; };
Array.from = function (list) { var all = []; for (var n = 0; n < (list || []).length; n++) all.push(list[n]); return all; };
document.getElementsByClassName = function () { throw new Error('old'); };
window.Element = function Element() {}; window.Event = { observe: function () {} }; window.Hash = {}; window.Template = {};
window.$ = window.$$ = function () { throw new Error('dollar'); };
window.Promise.prototype['finally'] = undefined;
window.name = 'moro-panel'; window.port = 1; window.open = null; window.config = {}; window.frame = 3; window.button = 4;
</script>"""

POLICY = "default-src 'none'; script-src {base}; connect-src {base}; frame-src {base}; img-src {base}; require-trusted-types-for 'script'"


def assert_works(shop, text, windows):
    expect(shop.launcher).to_be_visible()
    panel = shop.open_panel()
    panel.ask(text)
    desk = windows.agent()
    desk.open_row(desk.row_with(text))
    desk.say("Näkyy ja kuuluu.")
    expect(panel.message("Näkyy ja kuuluu")).to_be_visible()
    panel.button("minimise").click()
    expect(shop.launcher).to_be_visible()


def test_hostile_css_does_not_reach_the_launcher_nor_the_panel(windows, hosts):
    shop = windows.visitor(path=None, viewport={"width": 1280, "height": 860})
    shop.page.goto(hosts.page(head=HOSTILE_CSS))
    expect(shop.launcher).to_be_visible()
    box = shop.launcher.bounding_box()
    assert 54 <= box["height"] <= 60 and 120 <= box["width"] <= 400, box
    assert abs(1280 - box["x"] - box["width"] - 22) <= 2 and abs(860 - box["y"] - box["height"] - 22) <= 2, box
    assert shop.launcher.evaluate("node => getComputedStyle(node.querySelector('b')).fontSize") == "15px"
    shop.launcher.click()
    frame = shop.frame_element.bounding_box()
    assert frame["width"] == 384 and frame["height"] == 724, frame
    shop.panel.button("minimise").click()
    assert_works(shop, "Rumaa mutta toimii", windows)


def test_prototype_style_globals_do_no_harm(windows, hosts):
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page(head=PROTOTYPE))
    assert_works(shop, "Vanha sivu", windows)


def test_a_strict_policy_with_the_documented_directives_is_enough(windows, hosts, server):
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page(headers={"Content-Security-Policy": POLICY.format(base=server.base)}))
    assert_works(shop, "Tiukka sivu", windows)


def test_a_policy_without_pictures_shows_initials(windows, hosts, server):
    windows.agent()
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page(headers={"Content-Security-Policy": POLICY.format(base=server.base).replace(f"img-src {server.base}", "img-src 'none'")}))
    expect(shop.launcher).to_contain_text("Aino")


def test_the_line_twice_on_a_page_is_one_launcher(windows, hosts):
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page(snippet=hosts.snippet() * 2))
    expect(shop.launcher).to_be_visible()
    shop.page.evaluate(f"""() => new Promise(resolve => {{ const script = document.createElement('script'); script.onload = resolve;
      script.src = '{hosts.base}/embed.js'; script.dataset.site = 'loylymaki'; document.head.append(script); }})""")
    assert shop.page.locator("moro-launcher").count() == 1


@pytest.mark.parametrize("site", ["eiole", "", "../x", "<b>"])
def test_a_wrong_site_key_shows_nothing_breaks_nothing_and_is_told_in_the_console(windows, hosts, site):
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page(snippet=hosts.snippet(site.replace("<", "&lt;"))))
    assert windows.watch.hears(shop.page, "moro", "data-site"), windows.watch.console
    shop.page.evaluate("moro('open'); moro('identify', { id: '1' }); moro('reset'); moro('nonsense')")
    assert shop.page.locator("moro-launcher").count() == 0


def test_a_page_that_may_not_carry_the_chat_shows_nothing_and_is_told_why(windows, hosts, company):
    company.change_site(origins=["https://www.loylymaki.example"])
    try:
        shop = windows.visitor(path=None)
        shop.page.goto(hosts.page())
        assert windows.watch.hears(shop.page, "allowed"), windows.watch.console
        assert shop.page.locator("moro-launcher").count() == 0
    finally:
        company.change_site(origins=["*"])


def test_a_page_that_swaps_its_body_keeps_the_conversation(windows, hosts):
    shop = windows.visitor(path=None)
    shop.page.goto(hosts.page())
    panel = shop.open_panel()
    panel.ask("Vaihtuuko sivu alta?")
    shop.page.evaluate("""() => { document.body.replaceWith(document.createElement('body')); history.pushState(null, '', '/toinen'); document.title = 'Toinen'; }""")
    expect(panel.message("Vaihtuuko")).to_be_visible()
    panel.say("Ei vaihtunut keskustelu")
    expect(panel.message("Ei vaihtunut")).not_to_have_attribute("data-state", "sending")


def test_without_javascript_the_shop_offers_the_direct_link(windows):
    page = windows.context(java_script_enabled=False).new_page()
    page.goto(f"{windows.base}/demo")
    expect(page.locator("noscript a")).to_have_attribute("href", "/chat/loylymaki")
    page.goto(f"{windows.base}/chat/loylymaki")
    expect(page.locator("noscript p").first).to_be_visible()


def test_the_page_keeps_its_own_focus_and_makes_no_request_elsewhere(windows, hosts, server):
    shop = windows.visitor(path=None)
    asked = []
    shop.page.on("request", lambda request: asked.append(request.url))
    shop.page.goto(hosts.page())
    expect(shop.launcher).to_be_visible()
    shop.page.locator("#buy").focus()
    shop.page.wait_for_timeout(500)
    assert shop.page.evaluate("document.activeElement.id") == "buy"
    elsewhere = [url for url in asked if not url.startswith((server.base, hosts.origin, "data:", "blob:"))]
    assert not elsewhere
    assert len([url for url in asked if url.startswith(server.base)]) <= 2


def test_the_desk_cannot_be_framed_and_the_panel_only_where_allowed(windows, hosts, server, company):
    page = windows.context().new_page()
    windows.watches.clear()
    page.goto(hosts.page(snippet=f'<iframe name="desk" src="{server.base}/desk"></iframe>'))
    page.wait_for_timeout(500)
    assert not page.frame(name="desk").url.startswith(server.base)
    company.change_site(origins=["https://www.loylymaki.example"])
    try:
        page.goto(hosts.page("/framing", snippet=f'<iframe name="panel" src="{server.base}/chat/loylymaki?embed=1#x"></iframe>'))
        page.wait_for_timeout(500)
        assert not page.frame(name="panel").url.startswith(server.base)
    finally:
        company.change_site(origins=["*"])
