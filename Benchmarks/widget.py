"""What the widget costs the page it stands on: bytes, requests, main-thread time, layout shift and long tasks, in Chromium."""
import contextlib
import functools
import gzip
import http.server
import threading
from pathlib import Path

import build
import servers
from chromium import chromium
from figures import Table

SHOP = Path(__file__).resolve().parent / "shop"
OWN_SCRIPT = """<script>
document.querySelector("h1").addEventListener("click", function () { location.reload(); });
document.title += " (" + (localStorage.getItem("cart") || 0) + ")";
</script>"""


def run(binary, quick, bars):
    build.browser()
    from playwright.sync_api import sync_playwright

    with servers.moro(binary) as moro, shop(moro) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        weigh(browser, moro, address, bars)
        browser.close()
        time_main_thread(moro, address, 5 if quick else 15, bars)


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


# A page without any script pays for the first script that touches it, whosever it is; few shops are such pages.
PAGES = {"/": ("", True), "/plain": ("", False), "/own": (OWN_SCRIPT, True), "/own/plain": (OWN_SCRIPT, False)}


class ShopPage(http.server.BaseHTTPRequestHandler):
    def __init__(self, *given, snippet):
        self.snippet = snippet
        super().__init__(*given)

    def do_GET(self):
        if self.path not in PAGES:
            return self.send_error(404)
        own, snippet = PAGES[self.path]
        body = (SHOP / "index.html").read_text().replace("<!-- embed -->", self.snippet if snippet else "").replace("<!-- own -->", own).encode()
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


def time_main_thread(moro, address, rounds, bars):
    """Pages with and without in turns. The bar is four times what the page costs unslowed: Chromium's own slowdown
    stops the thread by a timer, and on a machine of two cores slows it seven times and more."""
    table = Table(f"widget · main thread, {rounds} fresh page loads each, processor time", "scripts ms", "style, layout, paint ms", "all tasks ms", "layout shifts", "long tasks")
    kinds = [("nobody here", ""), ("page with a script of its own", "own")]
    with chromium() as browser:
        one_load(browser, address + "/", 1)
        for _ in range(rounds):
            for name, path in kinds:
                measure(table, browser, name, f"{address}/{path}", 1)
            measure(table, browser, "slowed by Chromium, 4 ×", f"{address}/", 4)
        with servers.agent_here(moro):
            for _ in range(rounds):
                measure(table, browser, "Aino is here", f"{address}/", 1)
    table.print()
    judge_main_thread(table, bars)


def measure(table, browser, name, page, slowdown):
    table.add(f"{name}: without", **one_load(browser, page.rstrip("/") + "/plain", slowdown))
    table.add(f"{name}: with embed.js", **one_load(browser, page, slowdown))


def judge_main_thread(table, bars):
    for name in ("nobody here", "page with a script of its own", "Aino is here"):
        bars.at_most(f"main-thread time of embed.js, 4 × unslowed, {name}", 4 * spent(table, name, "scripts ms"), 5, " ms")
    slowed = "slowed by Chromium, 4 ×"
    bars.at_most(f"main-thread time of embed.js, {slowed}", spent(table, slowed, "scripts ms"), 5, " ms")
    bars.at_most("layout shifts", max(max(row["layout shifts"].values) for row in table.rows.values()), 0)
    bars.at_most("long tasks more than without, 4 × slowdown", spent(table, slowed, "long tasks"), 0)


def spent(table, name, column):
    return table.median(f"{name}: with embed.js", column) - table.median(f"{name}: without", column)


def one_load(browser, page, slowdown):
    return main_thread(browser.trace(page, slowdown, 1.5), page)


SCRIPTS = {"EvaluateScript", "v8.compile", "FunctionCall", "v8.evaluateModule", "v8.compileModule", "TimerFire", "FireAnimationFrame",
           "EventDispatch", "RunMicrotasks", "BlinkScheduler_PerformMicrotaskCheckpoint"}


RENDERING = {"UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"}


def main_thread(events, page):
    """Processor time of the page's main thread, without what the measuring itself asked of it."""
    main = {(e["pid"], e["tid"]) for e in events if e["ph"] == "X" and e["name"] == "ParseHTML" and page in str(e["args"])}
    spans = [Span(e) for e in events if e["ph"] == "X" and (e["pid"], e["tid"]) in main]
    asked = outermost(span for span in spans if "DevToolsSession" in span.what)
    own = [span for span in spans if not any(one.holds(span) for one in asked)]
    tasks = outermost(span for span in own if span.name.endswith("RunTask") and not any(span.holds(one) for one in asked))
    return {
        "scripts ms": used(span for span in own if span.name in SCRIPTS),
        "style, layout, paint ms": used(span for span in own if span.name in RENDERING),
        "all tasks ms": used(tasks),
        "layout shifts": sum(event["name"] == "LayoutShift" for event in events),
        "long tasks": sum(span.used > 50_000 for span in tasks),
    }


def used(spans):
    return sum(span.used for span in outermost(spans)) / 1000


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
