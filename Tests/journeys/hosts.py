"""Pages of other companies that carry the chat, served from an origin of their own."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from server import SITE

PAGE = """<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><h1>{title}</h1><p><a href="/other">toinen sivu</a></p><button id="buy">Osta</button>{snippet}</body></html>"""


class Hosts:
    """Another site than Moro's, because 127.0.0.1 is not localhost."""

    def __init__(self, base):
        self.base = base
        self.pages = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def snippet(self, site=SITE):
        return f'<script async src="{self.base}/embed.js" data-site="{site}"></script>'

    def page(self, path="/", head="", snippet=None, headers=None, title="Naapurin kauppa"):
        html = PAGE.format(title=title, head=head, snippet=self.snippet() if snippet is None else snippet)
        self.pages[path] = (html.encode(), headers or {})
        self.pages.setdefault("/other", (html.encode(), headers or {}))
        return self.origin + path

    def handler(self):
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                body, headers = pages.get(self.path.split("?")[0], (b"", None))
                self.send_response(404 if headers is None else 200)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """The journeys have their own report."""

        return Handler

    def close(self):
        self.server.shutdown()
        self.server.server_close()
