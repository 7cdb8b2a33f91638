"""What the widget costs the page it stands on: bytes, requests, main-thread time, layout shift and long tasks, in Chromium."""
import contextlib
import functools
import gzip
import http.server
import threading
from pathlib import Path

import build
import servers
from figures import Table

SHOP = Path(__file__).resolve().parent / "shop"
WATCH = """
window.shifts = 0; window.longTasks = [];
new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) shifts += e.value })).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => longTasks.push(e.duration))).observe({type: 'longtask', buffered: true});
"""


def run(binary, quick, bars):
    build.browser()
    from playwright.sync_api import sync_playwright

    with servers.moro(binary) as moro, shop(moro) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        weigh(browser, moro, address, bars)
        time_main_thread(browser, address, 5 if quick else 15, bars)
        browser.close()


@contextlib.contextmanager
def shop(moro):
    """The customer's own page, from another port than Moro's: once plain, once with the snippet in it."""
    handler = functools.partial(ShopPage, snippet=f'<script async src="http://127.0.0.1:{moro.port}/embed.js" data-site="{moro.site}"></script>')
    page = http.server.ThreadingHTTPServer(("127.0.0.1", servers.SHOP_PORT), handler)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{servers.SHOP_PORT}"
    finally:
        page.shutdown()
        page.server_close()


class ShopPage(http.server.BaseHTTPRequestHandler):
    def __init__(self, *given, snippet):
        self.snippet = snippet
        super().__init__(*given)

    def do_GET(self):
        if self.path not in ("/", "/plain"):
            return self.send_error(404)
        text = (SHOP / "index.html").read_text()
        body = text.replace("<!-- embed -->", self.snippet if self.path == "/" else "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def weigh(browser, moro, address, bars):
    """One visitor who has never been here: the page as it opens, then the panel as it is opened."""
    page = browser.new_context(locale="fi-FI").new_page()
    seen = []
    page.on("requestfinished", lambda request: seen.append(request) if f":{moro.port}/" in request.url else None)
    page.goto(address + "/")
    page.locator("moro-launcher button").first.wait_for()
    page.wait_for_timeout(1500)
    launcher, count = [weight(request) for request in seen], len(seen)
    page.locator("moro-launcher button").first.click()
    page.frame_locator("iframe[name=moro-panel]").locator("main .screen button, textarea[name=message]").first.wait_for()
    page.wait_for_timeout(1500)
    panel = [weight(request) for request in seen[count:]]
    print_weights("launcher, nobody opens it", launcher)
    print_weights("opened panel", panel)
    judge_weights(launcher, panel, bars)
    page.context.close()


def weight(request):
    """Path, bytes on the wire (as the server compressed them or did not), and the body under gzip -9."""
    response, sizes = request.response(), request.sizes()
    wire = sizes["responseBodySize"] + sizes["responseHeadersSize"]
    try:
        body = response.body()
    except Exception:  # noqa: BLE001 the browser keeps no body of a redirect or a 204
        body = b""
    path = "/" + request.url.split("/", 3)[3]
    return {"path": path.split("?")[0], "wire": wire, "body": sizes["responseBodySize"], "gzip": len(gzip.compress(body, 9)) if body else 0}


def print_weights(title, weights):
    table = Table(f"widget · {title}: {len(weights)} requests", "KB on the wire", "KB body", "KB if gzip -9")
    for place, one in enumerate(weights, 1):
        table.add(f"{place} {one['path'][:60]}", **{"KB on the wire": one["wire"] / 1024, "KB body": one["body"] / 1024, "KB if gzip -9": one["gzip"] / 1024})
    table.add("in all", **{"KB on the wire": kb(weights, "wire"), "KB body": kb(weights, "body"), "KB if gzip -9": kb(weights, "gzip")})
    table.print()


def kb(weights, what):
    return sum(one[what] for one in weights) / 1024


def judge_weights(launcher, panel, bars):
    script = [one for one in launcher if one["path"] == "/embed.js"]
    configuration = [one for one in launcher if one["path"].endswith("/widget")]
    bars.at_most("embed.js, body as sent", kb(script, "body"), 8, " KB")
    bars.at_most("configuration, body as sent", kb(configuration, "body"), 3, " KB")
    bars.at_most("requests where nobody opens it", len(launcher), 2)
    bars.at_most("opened panel, bodies as sent", kb(panel, "body"), 45, " KB")
    bars.at_most("requests of the opened panel", len(panel), 12)


def time_main_thread(browser, address, rounds, bars):
    plain, with_it, unslowed = "page without", "page with embed.js", "page with embed.js, not slowed"
    table = Table(f"widget · main thread with 4 × CPU slowdown, {rounds} fresh page loads each, processor time",
                  "scripts ms", "all tasks ms", "layout shift", "long tasks")
    one_load(browser, address + "/", 4)
    for _ in range(rounds):
        table.add(plain, **one_load(browser, address + "/plain", 4))
        table.add(with_it, **one_load(browser, address + "/", 4))
        table.add(unslowed, **one_load(browser, address + "/", 1))
    table.print()
    spent = {column: table.median(with_it, column) - table.median(plain, column) for column in ("scripts ms", "all tasks ms")}
    print(f"  all tasks, with less without: {spent['all tasks ms']:.1f} ms (styling and painting the launcher among them)")
    print(f"  not slowed, times four: {4 * table.median(unslowed, 'scripts ms'):.1f} ms (a busy machine makes Chromium's own slowdown slower still)")
    bars.at_most("main-thread time of embed.js, 4 × slowdown", spent["scripts ms"], 5, " ms")
    bars.at_most("layout shift", max(table.rows[with_it]["layout shift"].values), 0)
    bars.at_most("long tasks more than without", table.median(with_it, "long tasks") - table.median(plain, "long tasks"), 0)


def one_load(browser, address, slowdown):
    context = browser.new_context(locale="fi-FI")
    page = context.new_page()
    page.add_init_script(WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    events = traced(devtools, lambda: open_page(page, address))
    if not address.endswith("/plain"):
        page.locator("moro-launcher button").first.wait_for()
    figures = main_thread(events, address) | {"layout shift": page.evaluate("shifts"), "long tasks": page.evaluate("longTasks.length")}
    context.close()
    return figures


def open_page(page, address):
    """Only waits by the clock: looking for an element would run scripts of its own in the page."""
    page.goto(address)
    page.wait_for_timeout(1200)


def traced(devtools, act):
    events, done = [], threading.Event()
    devtools.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    devtools.on("Tracing.tracingComplete", lambda _: done.set())
    devtools.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": ["devtools.timeline", "v8", "toplevel"]}})
    act()
    devtools.send("Tracing.end")
    while not done.is_set():
        devtools.send("Browser.getVersion")
    return events


SCRIPTS = {"EvaluateScript", "v8.compile", "FunctionCall", "v8.evaluateModule", "v8.compileModule", "TimerFire", "FireAnimationFrame",
           "EventDispatch", "RunMicrotasks", "BlinkScheduler_PerformMicrotaskCheckpoint"}


def main_thread(events, address):
    """Processor time of the page's main thread, without what the measuring itself asked of it."""
    main = {(e["pid"], e["tid"]) for e in events if e["ph"] == "X" and e["name"] == "ParseHTML" and address in str(e["args"])}
    spans = [Span(e) for e in events if e["ph"] == "X" and (e["pid"], e["tid"]) in main]
    asked = outermost(span for span in spans if "DevToolsSession" in span.what)
    own = [span for span in spans if not any(one.holds(span) for one in asked)]
    tasks = outermost(span for span in own if span.name.endswith("RunTask") and not any(span.holds(one) for one in asked))
    scripts = outermost(span for span in own if span.name in SCRIPTS)
    return {"scripts ms": sum(span.used for span in scripts) / 1000, "all tasks ms": sum(span.used for span in tasks) / 1000}


class Span:
    def __init__(self, event):
        self.name, self.what = event["name"], str(event.get("args", ""))
        self.thread = event["pid"], event["tid"]
        self.begin, self.end = event["ts"], event["ts"] + event.get("dur", 0)
        self.used = event.get("tdur", event.get("dur", 0))

    def holds(self, other):
        return self.thread == other.thread and self.begin <= other.begin and other.end <= self.end


def outermost(spans):
    kept = []
    for span in sorted(spans, key=lambda span: (span.thread, span.begin, -span.end)):
        if not kept or not kept[-1].holds(span):
            kept.append(span)
    return kept
