"""A built site on the loopback interface, as a plain static host shows it: right types, and 404.html for the rest."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

TEXT_TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8", ".json": "application/json", ".xml": "application/xml",
    ".svg": "image/svg+xml",
}
OTHER_TYPES = {".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg", ".ico": "image/x-icon",
               ".woff2": "font/woff2", ".gz": "application/gzip"}


def packed_size(data: bytes) -> int:
    """How many bytes a host sends for a text: gzip as most hosts set it."""
    return len(gzip.compress(data, 6, mtime=0))


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves one folder; with `pack`, texts travel gzipped to whoever accepts that."""

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds until a kept connection is given up

    def __init__(self, *arguments: object, pack: bool = False, **options: object) -> None:
        self.pack = pack
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            self._send(HTTPStatus.MOVED_PERMANENTLY, "", b"", Location=f"{urlsplit(self.path).path}/")
            return
        file = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK
        if not file.is_file():
            file, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        kind = TEXT_TYPES.get(file.suffix) or OTHER_TYPES.get(file.suffix) or "application/octet-stream"
        self._send(status, kind, file.read_bytes() if file.is_file() else b"Not found\n")

    do_HEAD = do_GET

    def _send(self, status: HTTPStatus, kind: str, body: bytes, **headers: str) -> None:
        if self.pack and kind in TEXT_TYPES.values() and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if kind:
            headers["Content-Type"] = kind
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: a test says what it found, not each request."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that closes a connection early is no error."""


@contextmanager
def serve(folder: Path, pack: bool = False) -> Iterator[str]:
    """Serve a folder while the block runs; yields its address, which ends in a slash."""
    server = _Server(("127.0.0.1", 0), partial(SiteHandler, directory=str(folder), pack=pack))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
