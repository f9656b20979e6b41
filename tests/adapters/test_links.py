"""The link check against a little server on loopback that answers in every way a site can."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.links import STATES, Manners, Verdict, check, known, run, summary
from bot.editing import Address
from tests.adapters.test_cli import cnk

TODAY = date(2026, 11, 21)
DEADLINE = 20.0  # seconds
CAPTURE = "web.archive.org/web/20200101000000/https://example.org/lost"


class Site:
    """A site and an archive in one: what was asked of it, and how many requests it had at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.at_once = self.most_at_once = 0
        self.busy = 1  # times that /busy says so
        self.held = asyncio.Event()  # what /held waits for

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer by the name of the page."""
        page = request.match_info["page"]
        self.asked.append(page)
        self.agents.add(request.headers["User-Agent"])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            return await self._answer(page, request)
        finally:
            self.at_once -= 1

    async def _answer(self, page: str, request: web.Request) -> web.StreamResponse:
        to = {
            "moved": (301, "/alive"),
            "twice": (308, "/moved"),
            "for-now": (302, "/alive"),
            "front": (301, "/"),
            "round": (302, "/round"),
            "then-gone": (301, "/lost"),
        }
        if page in to:
            status, where = to[page]
            return web.Response(status=status, headers={"Location": where})
        if page == "busy" and self.busy:
            self.busy -= 1
            return web.Response(status=429, headers={"Retry-After": "7"})
        if page == "never":
            return web.Response(status=503, headers={"Retry-After": "86400"})
        if page == "held":
            await self.held.wait()
        if page == "available":
            lost = request.query["url"].endswith("lost")
            closest = {"closest": {"available": True, "url": f"http://{CAPTURE}"}} if lost else {}
            return web.json_response({"archived_snapshots": closest})
        status = {"lost": 404, "away": 410, "closed": 403, "broken": 500, "odd": 299}.get(page, 200)
        return web.Response(status=status)


@pytest.fixture
async def site() -> AsyncIterator[tuple[Site, str]]:
    site = Site()
    app = web.Application()
    app.router.add_get("/{page:.*}", site.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        yield site, str(server.make_url("")).rstrip("/")
        site.held.set()


class Pauses(list[float]):
    """A pause that is over at once, and remembers how long it was to be."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        await asyncio.sleep(0)


def manners(root: str, patience: float = DEADLINE, pauses: Pauses | None = None) -> Manners:
    return Manners(pause=Pauses() if pauses is None else pauses, available=f"{root}/available", patience=patience)


async def verdicts(root: str, *pages: str, how: Manners | None = None) -> list[Verdict]:
    told: list[Verdict] = []
    addresses = [Address(page, f"{root}/{page}") for page in pages]
    await asyncio.wait_for(check(addresses, how or manners(root), TODAY, told.append), DEADLINE)
    return told


@pytest.mark.parametrize(
    ("page", "state", "why"),
    [
        ("alive", "alive", "200 OK"),
        ("odd", "alive", "299"),
        ("moved", "moved", "leads to"),
        ("twice", "moved", "leads to"),
        ("for-now", "alive", "200 OK"),
        ("lost", "gone", "404 Not Found"),
        ("away", "gone", "410 Gone"),
        ("then-gone", "gone", "404 Not Found"),
        ("front", "gone", "it leads to the front page of the site"),
        ("closed", "refused", "403 Forbidden"),
        ("broken", "failing", "500 Internal Server Error"),
        ("round", "failing", "more than 5 redirects"),
        ("never", "failing", "503 Service Unavailable"),
    ],
)
async def test_each_answer_of_a_site_has_its_verdict(site: tuple[Site, str], page: str, state: str, why: str) -> None:
    _, root = site
    [verdict] = await verdicts(root, page)
    assert (verdict.id, verdict.url, verdict.state) == (page, f"{root}/{page}", state)
    assert verdict.why.startswith(why)
    assert verdict.to == (f"{root}/alive" if state == "moved" else None)
    assert verdict.checked == "2026-11-21"


async def test_what_is_gone_is_looked_for_in_the_archive(site: tuple[Site, str]) -> None:
    _, root = site
    found = {each.id: each.archived for each in await verdicts(root, "lost", "away", "alive")}
    assert found == {"lost": f"https://{CAPTURE}", "away": None, "alive": None}


async def test_a_server_that_does_not_answer_is_not_waited_for(site: tuple[Site, str]) -> None:
    _, root = site
    [verdict] = await verdicts(root, "held", how=manners(root, patience=0.2))
    assert (verdict.state, verdict.why) == ("failing", "no answer within 0.2 seconds")


async def test_a_server_that_is_not_there_is_failing(unused_tcp_port: int) -> None:
    root = f"http://127.0.0.1:{unused_tcp_port}"
    [verdict] = await verdicts(root, "alive")
    assert (verdict.state, verdict.archived) == ("failing", None)


async def test_a_busy_server_is_asked_again_when_it_said_to(site: tuple[Site, str]) -> None:
    asked, root = site
    pauses = Pauses()
    [verdict] = await verdicts(root, "busy", how=manners(root, pauses=pauses))
    assert (verdict.state, asked.asked, list(pauses)) == ("alive", ["busy", "busy"], [7.0])


async def test_a_host_is_asked_one_page_at_a_time_with_a_pause_between(site: tuple[Site, str]) -> None:
    asked, root = site
    pauses = Pauses()
    how = manners(root, pauses=pauses)
    await verdicts(root, "alive", "odd", "closed", "a", "b", how=how)
    assert asked.most_at_once == 1
    assert list(pauses) == [how.every] * 4
    assert asked.agents == {how.agent}


async def test_hosts_are_asked_side_by_side(site: tuple[Site, str]) -> None:
    asked, root = site
    other = root.replace("127.0.0.1", "localhost")
    told: asyncio.Queue[Verdict] = asyncio.Queue()
    addresses = [Address("a", f"{root}/held"), Address("b", f"{other}/alive")]
    checking = asyncio.create_task(check(addresses, manners(root), TODAY, told.put_nowait))
    assert (await asyncio.wait_for(told.get(), DEADLINE)).id == "b"
    asked.held.set()
    assert (await asyncio.wait_for(told.get(), DEADLINE)).id == "a"
    await checking


async def test_a_run_that_was_stopped_goes_on_where_it_was(site: tuple[Site, str], tmp_path: Path) -> None:
    asked, root = site
    report = tmp_path / "links.jsonl"
    addresses = [Address(page, f"{root}/{page}") for page in ("alive", "lost", "held")]
    told: asyncio.Queue[Verdict] = asyncio.Queue()
    first = asyncio.create_task(run(addresses, report, TODAY, TODAY, manners(root), told.put_nowait))
    for _ in range(2):
        await asyncio.wait_for(told.get(), DEADLINE)
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    asked.held.set()
    asked.asked.clear()
    every = await asyncio.wait_for(run(addresses, report, TODAY, TODAY, manners(root), told.put_nowait), DEADLINE)
    assert asked.asked == ["held"]
    assert [(each.id, each.state) for each in every] == [("alive", "alive"), ("lost", "gone"), ("held", "alive")]
    assert len(report.read_text().splitlines()) == 3


async def test_what_was_asked_too_long_ago_is_asked_again(site: tuple[Site, str], tmp_path: Path) -> None:
    asked, root = site
    report = tmp_path / "links.jsonl"
    addresses = [Address("alive", f"{root}/alive")]
    await run(addresses, report, TODAY, TODAY, manners(root), id)
    await run(addresses, report, TODAY, TODAY, manners(root), id)
    assert asked.asked == ["alive"]
    await run(addresses, report, date(2026, 11, 22), date(2026, 12, 22), manners(root), id)
    assert asked.asked == ["alive", "alive"]


def test_a_line_of_the_report_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    report = tmp_path / "links.jsonl"
    good = {"id": "a", "url": "https://example.org/a", "state": "alive", "why": "200 OK", "checked": "2026-11-21"}
    lines = [json.dumps(good), '{"id": ', "[]", json.dumps(good | {"url": "b", "state": "odd"}), "{}"]
    report.write_text("\n".join(lines))
    assert list(known(report, TODAY)) == ["https://example.org/a"]


def test_the_summary_counts_each_state_and_names_what_needs_an_editor() -> None:
    lost = Verdict(
        "lost", "https://example.org/lost", "gone", "404 Not Found", "2026-11-21", archived="https://a.org/x"
    )
    text = summary([Verdict("a", "https://example.org/a", "alive", "200 OK", "2026-11-21"), lost])
    assert [line.split()[0] for line in text.splitlines()[: len(STATES)]] == ["1", "0", "1", "0", "0"]
    assert text.splitlines()[-1] == (
        "gone  lost: https://example.org/lost (404 Not Found; archived at https://a.org/x)"
    )


def test_the_command_reports_on_every_source_and_fails_where_one_is_gone(tmp_path: Path) -> None:
    """The small content's addresses are asked of a report that knows them: no test asks the internet."""
    ids = {"press-2006": "alive", "paper-2008": "moved", "daily-2013": "gone"}
    report = [
        {"id": id, "url": f"https://example.org/{id}", "state": state, "why": "as told", "checked": "9998-01-01"}
        for id, state in ids.items()
    ]
    (tmp_path / "links.jsonl").write_text("\n".join(map(json.dumps, report)))
    done = cnk("links", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "    1  gone: is gone: put an archived copy in" in done.stdout
    assert "gone  daily-2013: https://example.org/daily-2013 (as told)" in done.stdout
