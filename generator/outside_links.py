"""Outside addresses: which ones the dossier names, and whether they still answer.

The one place of the project that uses the network, and only when `briefing links`, or `briefing verify` with a web
address, is asked for. It asks politely: one
request to a host at a time, with a pause between two, HEAD before GET, and no page is read.
"""

from __future__ import annotations

import html
import http.client
import json
import re
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import jinja2

from generator import prose
from generator.dossier import Dossier
from generator.models import Source
from generator.models.base import walk
from generator.models.fields import Prose, Url
from generator.read.yaml_text import Node
from generator.rendering import TEMPLATES
from generator.values import Value, as_plain

FINE, MOVED, GONE, REFUSED, UNREACHABLE = "fine", "moved", "gone", "refused", "unreachable"
STATUSES = (FINE, MOVED, GONE, REFUSED, UNREACHABLE)
DEAD = (GONE, UNREACHABLE)


class Place(Value, order=True):
    """Where an address stands: file, line and column, and the id of the brief (or `dossier.yml`, `pages/<name>`)."""

    file: str
    line: int
    column: int
    id: str


class OutsideLink(Value):
    """An outside address, everywhere it stands, and the archived copy that a source names for it."""

    address: str
    places: tuple[Place, ...]
    archived: str | None = None


class Answer(Value):
    """What came of asking for an address.

    `reason` is the code of the host's answer as text, such as `404`, or a word: `timeout`, `unknown-host`,
    `certificate`, `no-connection`, `broken`, `front-page`, `redirects`, `malformed`; it is empty where all is well.
    `now` is where an address leads for good.
    """

    status: str
    reason: str = ""
    now: str | None = None


class Result(Value):
    """An address with its answer. `needs_editor`: it is dead, and no archived copy stands in for it."""

    address: str
    status: str
    reason: str
    now: str | None
    archived: str | None
    needs_editor: bool
    places: tuple[Place, ...]

    def as_json(self) -> dict[str, Any]:
        return as_plain(self)

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Result:
        """The result that `as_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        places = tuple(Place(**place) for place in entry["places"])
        if not places or entry["status"] not in STATUSES:
            raise ValueError("not a result")
        return cls(**{**entry, "places": places})


# --- which addresses there are ------------------------------------------------------------


def outside_links(dossier: Dossier, only: Iterable[str] = ()) -> list[OutsideLink]:
    """Every outside address of the dossier, by its first place; those of the briefs `only`, where some are named."""
    wanted = set(only)
    places: dict[str, set[Place]] = {}
    copies: dict[str, str] = {}
    for place, address, archived in _mentions(dossier):
        if not wanted or place.id in wanted:
            places.setdefault(address, set()).add(place)
            if archived:
                copies.setdefault(address, archived)
    links = [OutsideLink(address, tuple(sorted(found)), copies.get(address)) for address, found in places.items()]
    return sorted(links, key=lambda link: (link.places[0], link.address))


def _mentions(dossier: Dossier) -> Iterator[tuple[Place, str, str | None]]:
    for id, record in dossier.records.items():
        origin = dossier.origin(id)
        for path, value in walk(record):
            if isinstance(value, Url):
                if origin.node is not None and _is_written(origin.node, path):
                    archived = record.archived if isinstance(record, Source) and path == ("url",) else None
                    yield Place(origin.file, *origin.place(path), id), str(value), archived and str(archived)
            elif isinstance(value, Prose):
                for address in _addresses_in(value):
                    yield Place(origin.file, *origin.place_of_text(path, address), id), address, None
    for page in dossier.pages:
        for address in _addresses_in(page.body):
            yield Place(page.origin.file, *page.origin.place_of_text((), address), f"pages/{page.name}"), address, None


def _is_written(node: Node, path: tuple[str | int, ...]) -> bool:
    """Whether the value stands in the file, rather than a default in its stead."""
    for step in path:
        if isinstance(step, int) and isinstance(node.value, list):
            node = node.value[step]
        elif isinstance(step, str) and isinstance(node.value, dict) and step in node.value:
            node = node.value[step].node
        else:
            return False
    return True


_HREF = re.compile(r'href="(https?://[^"]+)"')


def _addresses_in(text: str) -> list[str]:
    """The outside addresses that a text links, in order; what stands in code or as plain text is no link."""
    if "://" not in text:
        return []
    return [html.unescape(address) for address in _HREF.findall(prose.render(text, lambda _: "", lambda _: ""))]


# --- asking -------------------------------------------------------------------------------

MOST_HOPS = 6
_PERMANENT, _REDIRECTS = (301, 308), (301, 302, 303, 307, 308)


def check(
    links: list[OutsideLink], web: Web, workers: int = 6, tell: Callable[[], None] = lambda: None
) -> list[Result]:
    """Ask for every address, several hosts at once; `tell` is called after each. Results stand in the links' order."""
    by_host: dict[str, list[str]] = {}
    for link in links:
        by_host.setdefault(urllib.parse.urlsplit(link.address).netloc.lower(), []).append(link.address)
    answers: dict[str, Answer] = {}
    stopped = Event()

    def ask_host(addresses: list[str]) -> None:
        for address in addresses:
            if not stopped.is_set():
                answers[address] = web.visit(address)
                tell()

    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        for done in [pool.submit(ask_host, addresses) for addresses in by_host.values()]:
            done.result()
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return [_result(link, answers) for link in links]


def offline(results: list[Result]) -> bool:
    """Whether it looks as if this machine had no network: several addresses, and not one host that could be reached."""
    return len(results) > 3 and all(result.reason in ("unknown-host", "no-connection", "timeout") for result in results)


def _result(link: OutsideLink, answers: dict[str, Answer]) -> Result:
    answer = answers[link.address]
    copy = answers.get(link.archived or "")
    has_copy = link.archived is not None and (copy is None or copy.status not in DEAD)
    return Result(link.address, answer.status, answer.reason, answer.now, link.archived,
                  answer.status in DEAD and not has_copy, link.places)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Redirects are followed by hand: how permanent each one is decides what an editor should do."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Web:
    """Asks hosts for addresses, one request to a host at a time and `pause` seconds between two."""

    def __init__(self, agent: str, timeout: float = 10, pause: float = 1) -> None:
        self.agent, self.timeout, self.pause = agent, timeout, pause
        self._opener = urllib.request.build_opener(_NoRedirects)
        self._hosts: dict[str, Lock] = {}
        self._free_at: dict[str, float] = {}
        self._lock = Lock()

    def visit(self, address: str) -> Answer:
        """Ask for an address: by HEAD, and where that does not do, by GET. Never raises for what a host may answer."""
        try:
            answer = self._follow("HEAD", address)
            return answer if answer.status in (FINE, MOVED) else self._follow("GET", address)
        except ValueError:
            return Answer(UNREACHABLE, "malformed")

    def _follow(self, method: str, address: str) -> Answer:
        """Ask, and go where redirects lead. An address has moved if it leads elsewhere for good and that answers."""
        start = here = settled = plain_address(address)
        for_good = True
        for _ in range(MOST_HOPS):
            code, location = self._ask(method, here)
            if isinstance(code, str):
                return Answer(UNREACHABLE, code)
            if code not in _REDIRECTS or location is None:
                return _judge(code, start, here, settled)
            try:
                here = plain_address(urllib.parse.urljoin(here, location))
            except ValueError:
                return Answer(REFUSED, "redirects")
            for_good = for_good and code in _PERMANENT
            settled = here if for_good else settled
        return Answer(REFUSED, "redirects")

    def _ask(self, method: str, address: str) -> tuple[int | str, str | None]:
        """One request: the code and where it leads, or a word for why there is no answer."""
        host = urllib.parse.urlsplit(address).netloc.lower()
        with self._lock:
            turn = self._hosts.setdefault(host, Lock())
        with turn:
            time.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            try:
                return self._request(method, address)
            finally:
                self._free_at[host] = time.monotonic() + self.pause

    def _request(self, method: str, address: str) -> tuple[int | str, str | None]:
        request = urllib.request.Request(address, method=method, headers={
            "User-Agent": self.agent, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        try:
            with self._opener.open(request, timeout=self.timeout) as reply:
                return reply.status, None
        except urllib.error.HTTPError as error:
            with error:
                location = error.headers.get("Location")
                return error.code, location and location.encode("latin-1", "replace").decode("utf-8", "replace")
        except urllib.error.URLError as error:
            return _reason(error.reason), None
        except (OSError, http.client.HTTPException) as error:
            return _reason(error), None


class NotFetched(Exception):
    """A page that could not be had; the message says why in a few words."""


_WHY = {"timeout": "it did not answer in time", "unknown-host": "there is no such host",
        "certificate": "its certificate cannot be trusted", "broken": "the connection broke off",
        "no-connection": "it cannot be reached"}


def fetch(address: str, agent: str, most: int, timeout: float = 15) -> str:
    """The text of one page. Raises NotFetched for whatever a host may answer but a page of at most so many bytes."""
    opener = urllib.request.build_opener(_NoRedirects)
    until = time.monotonic() + 4 * timeout
    for _ in range(MOST_HOPS):
        try:
            here = plain_address(address)
            request = urllib.request.Request(here, headers={"User-Agent": agent, "Accept": "text/html"})
            with opener.open(request, timeout=timeout) as reply:
                return _page(reply, most, until)
        except ValueError:
            raise NotFetched("it is no web address") from None
        except urllib.error.HTTPError as error:
            with error:
                location = error.headers.get("Location")
            if error.code not in _REDIRECTS or not location:
                raise NotFetched(f"the host answers {error.code}") from None
            address = urllib.parse.urljoin(here, location)
        except urllib.error.URLError as error:
            raise NotFetched(_WHY[_reason(error.reason)]) from None
        except (OSError, http.client.HTTPException) as error:
            raise NotFetched(_WHY[_reason(error)]) from None
    raise NotFetched("it leads on and on")


def _page(reply: Any, most: int, until: float) -> str:
    """An answer's text, as long as it is a page, not too long and not too slow."""
    # A host may say nothing of the type; then the reader of the page finds out.
    if "Content-Type" in reply.headers and reply.headers.get_content_type() not in ("text/html", "application/xhtml+xml"):
        raise NotFetched(f"it is no page, but {reply.headers.get_content_type()}")
    data = bytearray()
    while block := reply.read1(65536):
        data += block
        if len(data) > most:
            raise NotFetched("it is too large for a page")
        if time.monotonic() > until:
            raise NotFetched(_WHY["timeout"])
    return data.decode("utf-8-sig", "replace")


def _judge(code: int, start: str, here: str, settled: str) -> Answer:
    if 200 <= code < 300:
        if _is_front_page(here) and not _is_front_page(start):
            return Answer(GONE, "front-page")
        return Answer(MOVED, now=settled) if settled != start else Answer(FINE)
    if code in (404, 410):
        return Answer(GONE, str(code))
    return Answer(UNREACHABLE if code >= 500 and code != 999 else REFUSED, str(code))


def _is_front_page(address: str) -> bool:
    parts = urllib.parse.urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _reason(error: object) -> str:
    kinds: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
        (TimeoutError, "timeout"), (socket.gaierror, "unknown-host"), (ssl.SSLError, "certificate"),
        ((ConnectionResetError, http.client.HTTPException), "broken"))
    return next((word for kind, word in kinds if isinstance(error, kind)), "no-connection")


def plain_address(address: str) -> str:
    """An address in ASCII and without its `#part`, as it goes over the wire. Raises ValueError where it is none."""
    parts = urllib.parse.urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    path = urllib.parse.quote(parts.path, safe="/%:@!$&'()*+,;=~-._") or "/"
    query = urllib.parse.quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"`\\]", host):
        raise ValueError(f"{address!r} is no web address")
    return urllib.parse.urlunsplit((parts.scheme, host, path, query, ""))


# --- telling ------------------------------------------------------------------------------

class Group(Value):
    """Results that ask the same of an editor: `gone`, `unreachable`, `moved`, `archived` or `refused`."""

    name: str
    results: tuple[Result, ...]


def group(results: Iterable[Result]) -> list[Group]:
    """Results that are worth telling, what needs an editor first; what is fine is in no group."""
    found: dict[str, list[Result]] = {name: [] for name in (GONE, UNREACHABLE, MOVED, "archived", REFUSED)}
    for result in results:
        if result.status != FINE:
            found["archived" if result.status in DEAD and not result.needs_editor else result.status].append(result)
    return [Group(name, tuple(members)) for name, members in found.items() if members]


def report(results: list[Result], template: str) -> str:
    """The results in words; `template` is `text` or `markdown`."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "links"), trim_blocks=True,
                                     lstrip_blocks=True, autoescape=False, undefined=jinja2.StrictUndefined)
    counts = [(status, sum(result.status == status for result in results)) for status in STATUSES]
    return environment.get_template(f"{template}.j2").render(results=results, groups=group(results), counts=counts)


def to_json(results: Iterable[Result]) -> str:
    return json.dumps([result.as_json() for result in results], ensure_ascii=False, indent=2)


def from_json(text: str) -> list[Result]:
    """Results as `to_json` wrote them. Raises ValueError for anything else."""
    try:
        return [Result.from_json(entry) for entry in json.loads(text)]
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from None
