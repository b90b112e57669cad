"""A web server on this machine that offers one file, and can misbehave."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FileServer:
    """What the server offers and does; `ranges` records the Range header of each request."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.stop_after: int | None = None
        self.knows_ranges = True
        self.status = 200
        self.ranges: list[str | None] = []
        self.url = ""


@contextmanager
def serving(content: bytes, name: str = "weights.pth") -> Iterator[FileServer]:
    """Serve `content` as `url` for as long as the block lasts."""
    offer = FileServer(content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            offer.ranges.append(asked)
            start = int(re.findall(r"\d+", asked)[0]) if asked and offer.knows_ranges else 0
            if offer.status != 200:
                self.send_error(offer.status)
                return
            if start >= len(offer.content):
                self.send_error(416)
                return
            body = offer.content[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if offer.stop_after is None else body[: offer.stop_after])

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    offer.url = f"http://127.0.0.1:{server.server_port}/{name}"
    try:
        yield offer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
