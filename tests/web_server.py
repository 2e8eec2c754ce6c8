"""A real HTTP server on loopback whose pages are set by the test; it remembers what it was asked."""

import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Page(NamedTuple):
    """What is served at a path. ``send`` gets the handler after the headers, in place of ``body``."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    sized: bool = True
    send: Callable[[BaseHTTPRequestHandler], None] | None = None


class Site:
    """The server; ``pages`` maps a path to a page, or to what writes the whole answer itself.

    With a ``context`` it speaks TLS.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.stopping = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                with suppress(OSError):
                    site.answer(self)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request, client_address):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.root = f"http://127.0.0.1:{self.port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.headers.append(dict(handler.headers))
        page = self.pages.get(handler.path.split("?")[0], Page(b"not here", status=404))
        if not isinstance(page, Page):
            page(handler)
            return
        handler.send_response(page.status)
        if page.type:
            handler.send_header("Content-Type", page.type)
        for name, value in page.headers:
            handler.send_header(name, value)
        if page.sized and page.send is None:
            handler.send_header("Content-Length", str(len(page.body)))
        handler.end_headers()
        if page.send:
            page.send(handler)
        else:
            handler.wfile.write(page.body)

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **more) -> str:
        """Serves a page and returns its address."""
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, kind, **more)
        return self.root + path

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        """Serves a redirect and returns its address."""
        self.pages[path] = Page(status=status, headers=(("Location", to),))
        return self.root + path

    def close(self) -> None:
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()
