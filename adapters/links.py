"""``cnk links``: is every source still where it is said to be?

Asks each address once, politely, and writes what it learns to a report as it goes, so that a run that was stopped
goes on where it was. It needs the internet and may take half an hour, so it is no part of the tests or the start.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

import aiohttp

from bot import __version__
from bot.editing import Address

State = Literal["alive", "moved", "gone", "refused", "failing"]
STATES: Mapping[State, str] = {
    "alive": "answers at its address",
    "moved": "has moved for good: put the new address in",
    "gone": "is gone: put an archived copy in, or find another source",
    "refused": "was not shown to a program: look with a browser",
    "failing": "could not be reached: ask again another day",
}
AVAILABLE = "https://archive.org/wayback/available"  # Internet Archive, Wayback Availability JSON API

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_REFUSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
}
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_FOR_GOOD = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_ELSEWHERE = _FOR_GOOD | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one address."""

    id: str  # of the source
    url: str
    state: State
    why: str  # a few words: "404 Not Found", "no answer within 30 seconds"
    checked: str  # the day, ISO 8601
    to: str | None = None  # the new address of what has moved
    archived: str | None = None  # a capture of what is gone, where the archive has one


@dataclass(frozen=True, slots=True)
class Manners:
    """How a run behaves towards the servers it asks."""

    every: float = 2.0  # seconds between two requests to one host
    hosts: int = 8  # hosts asked at the same time
    patience: float = 30.0  # seconds that one request may take
    longest_wait: float = 120.0  # seconds; a busy server that asks for more is left in peace
    hops: int = 5  # redirects followed
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    available: str = AVAILABLE
    agent: str = field(default=f"cnk-links/{__version__} (asks once for each page that a knowledge base cites)")


async def check(addresses: Iterable[Address], manners: Manners, today: date, tell: Callable[[Verdict], object]) -> None:
    """Ask for each address and tell the verdict as it comes in.

    One request at a time to a host, ``manners.hosts`` hosts side by side.
    """
    by_host: dict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address.url).netloc].append(address)
    free = asyncio.Semaphore(manners.hosts)
    timeout = aiohttp.ClientTimeout(total=manners.patience)
    async with aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": manners.agent}) as session:
        asking = _Asking(session, manners, today.isoformat())

        async def ask(host: Sequence[Address]) -> None:
            async with free:
                for place, address in enumerate(host):
                    if place:
                        await manners.pause(manners.every)
                    tell(await asking.verdict(address))

        async with asyncio.TaskGroup() as tasks:
            for host in by_host.values():
                tasks.create_task(ask(host))


@dataclass(slots=True)
class _Asking:
    """One session's questions to servers."""

    session: aiohttp.ClientSession
    manners: Manners
    today: str
    archive: asyncio.Lock = field(default_factory=asyncio.Lock)  # the archive is one host, too

    async def verdict(self, address: Address) -> Verdict:
        """What became of an address."""
        try:
            state, why, to = await self._follow(address.url)
        except TimeoutError:
            state, why, to = "failing", f"no answer within {self.manners.patience:g} seconds", None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            state, why, to = "failing", str(error) or type(error).__name__, None
        archived = await self._archived(address.url) if state in ("gone", "failing") else None
        return Verdict(address.id, address.url, state, why, self.today, to, archived)

    async def _follow(self, url: str) -> tuple[State, str, str | None]:
        """State, reason and new address of what stands at ``url`` or where it leads."""
        at, for_good = url, True
        for _ in range(self.manners.hops + 1):
            status, leads = await self._get(at)
            if status not in _ELSEWHERE or not leads:
                return _judged(url, at, status, for_good=for_good)
            for_good = for_good and status in _FOR_GOOD
            at = urljoin(at, leads)
        return "failing", f"more than {self.manners.hops} redirects", None

    async def _get(self, url: str, *, again: bool = True) -> tuple[int, str | None]:
        """Status and redirect of one request; a busy server is asked once more when it said to.

        GET and not HEAD, which many sites refuse; the body is not read.
        """
        async with self.session.get(url, allow_redirects=False) as answer:
            status, leads = answer.status, answer.headers.get("Location")
            wait = answer.headers.get("Retry-After", "")
        if again and status in _BUSY and wait.isdigit() and int(wait) <= self.manners.longest_wait:
            await self.manners.pause(float(wait))
            return await self._get(url, again=False)
        return status, leads

    async def _archived(self, url: str) -> str | None:
        """The archive's capture of a page; None where it has none, or does not say."""
        async with self.archive:
            await self.manners.pause(self.manners.every)
            try:
                async with self.session.get(self.manners.available, params={"url": url}) as answer:
                    told = await answer.json(content_type=None)
                capture = told["archived_snapshots"]["closest"]
                return str(capture["url"]).replace("http://", "https://", 1) if capture["available"] else None
            except (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError):
                return None


def _judged(url: str, at: str, status: int, *, for_good: bool) -> tuple[State, str, str | None]:
    try:
        why = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        why = str(status)
    if status in _GONE:
        return "gone", why, None
    if status in _REFUSED:
        return "refused", why, None
    if not 200 <= status < 300:
        return "failing", why, None
    if at != url and urlsplit(at).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return "gone", "it leads to the front page of the site", None
    return ("moved", f"leads to {at}", at) if at != url and for_good else ("alive", why, None)


def known(report: Path, since: date) -> dict[str, Verdict]:
    """The latest verdict on each address that the report has from that day on. Unreadable lines are passed over."""
    verdicts: dict[str, Verdict] = {}
    for line in report.read_text(encoding="utf-8").splitlines() if report.exists() else ():
        try:
            verdict = Verdict(**json.loads(line))
            if date.fromisoformat(verdict.checked) >= since and verdict.state in STATES:
                verdicts[verdict.url] = verdict
        except (ValueError, TypeError):
            continue
    return verdicts


async def run(
    addresses: Sequence[Address],
    report: Path,
    since: date,
    today: date,
    manners: Manners,
    tell: Callable[[Verdict], object],
) -> list[Verdict]:
    """Ask for what the report does not know from ``since`` on, and write it there at once: a verdict each address.

    Raises OSError where the report cannot be read or written.
    """
    verdicts = known(report, since)
    with report.open("a", encoding="utf-8") as file:

        def write(verdict: Verdict) -> None:
            file.write(json.dumps(asdict(verdict), ensure_ascii=False) + "\n")
            file.flush()
            verdicts[verdict.url] = verdict
            tell(verdict)

        await check([each for each in addresses if each.url not in verdicts], manners, today, write)
    return [verdicts[address.url] for address in addresses]


def summary(verdicts: Sequence[Verdict]) -> str:
    """How many there are of each state, and each that an editor should look at."""
    counts = Counter(verdict.state for verdict in verdicts)
    lines = [f"{counts[state]:>5}  {state}: {meaning}" for state, meaning in STATES.items()]
    for state in list(STATES)[1:]:
        lines += [_line(verdict) for verdict in verdicts if verdict.state == state]
    return "\n".join(lines)


def _line(verdict: Verdict) -> str:
    archived = f"; archived at {verdict.archived}" if verdict.archived else ""
    return f"{verdict.state}  {verdict.id}: {verdict.url} ({verdict.why}{archived})"
