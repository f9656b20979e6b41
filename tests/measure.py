"""``make measure``: what the README says of start-up, answer time, memory and size, measured here and now.

The worker is the real one, in a process of its own, connected to the little Discord and the little Slack of the
tests. Nothing here fails when a figure is bad; figures are for people to read.
"""

from __future__ import annotations

import asyncio
import functools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

from bot.build import build
from bot.request import Request
from bot.settings import Settings
from bot.store.sqlite import Store
from tests.adapters.slack_platform import a_mention
from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.fakes.worker import start_worker

ROOT = Path(__file__).parent.parent
QUESTION = "Why does China support North Korea?"
STARTS = 9  # cold processes timed
QUESTIONS = 1000  # put to the worker
MEGABYTE = 1_000_000  # bytes


def main() -> None:
    """Print every figure."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {sys.platform}")
    usual, new = first_answer()
    print(f"start to first answer   {usual:.2f} s, median of {STARTS} processes; {new:.2f} s with new content")
    median, worst, count = answers()
    print(f"answer, in the process  {median:.1f} ms median, {worst:.1f} ms p99, over {count} questions")
    idle, after = asyncio.run(worker_memory())
    print(f"worker, both platforms  {idle:.0f} MB resident idle, {after:.0f} MB after {QUESTIONS} questions")
    print(f"installed size          {installed_size():.0f} MB, the worker's packages and its own files")


def first_answer() -> tuple[float, float]:
    """Seconds from the start of ``cnk ask`` to its end: the median of several, and where the content is new to it."""
    command = [sys.executable, "-m", "adapters", "ask", QUESTION]
    times = []
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(STARTS + 1):
            started = time.perf_counter()
            subprocess.run(
                command, cwd=ROOT, env=os.environ | {"CNK_CACHE": cache}, check=True, stdout=subprocess.DEVNULL
            )
            times.append(time.perf_counter() - started)
    return statistics.median(times[1:]), times[0]


def answers() -> tuple[float, float, int]:
    """Milliseconds of an answer, median and 99th percentile, and of how many: every wording of every topic."""
    store = Store(":memory:")
    bot = build(Settings(), store)
    wordings = wordings_of_the_content()
    times = []
    for wording in wordings:
        started = time.perf_counter()
        bot.reply(Request("measure", text=wording))
        times.append((time.perf_counter() - started) * 1000)
    store.close()
    return statistics.median(times), statistics.quantiles(times, n=100)[98], len(times)


def wordings_of_the_content() -> list[str]:
    """All the ways to ask that the content itself gives."""
    from knowledge.base import KnowledgeBase

    return [wording for topic in KnowledgeBase.open().content.topics.values() for wording in topic.questions]


def keep_content(cache: Path) -> None:
    """Read the content into a cache, so that a worker is ready at once; in the end it has the same memory."""
    from knowledge.base import CONTENT, KnowledgeBase

    KnowledgeBase.keep(CONTENT, cache)


async def worker_memory(questions: int = QUESTIONS) -> tuple[float, float]:
    """Megabytes resident in the worker, connected and idle, and after so many mentions on both platforms."""
    wordings = wordings_of_the_content()
    with tempfile.TemporaryDirectory() as folder:
        keep_content(Path(folder))
        async with FakeDiscord() as discord, FakeSlack().serving() as slack:
            process = await start_worker(discord, slack, folder, CNK_LOG="warning")
            try:
                await discord.connected()
                await slack.until(lambda: slack.connections > 0)
                await ask(discord, slack, wordings[:2])
                idle = resident(process.pid)
                await ask(discord, slack, [wordings[number % len(wordings)] for number in range(questions)])
                return idle, resident(process.pid)
            finally:
                process.terminate()
                await process.wait()


async def ask(discord: FakeDiscord, slack: FakeSlack, questions: Sequence[str]) -> None:
    """Put the questions one after the other, to Discord and Slack in turn, each once the last is answered."""
    for number, question in enumerate(questions):
        if number % 2:
            before = len(slack.messages())
            await slack.deliver("events_api", a_mention(question))
            await slack.until(functools.partial(lambda before: len(slack.messages()) > before, before))
        else:
            before = len(discord.messages)
            await discord.say(f"<@bot> {question}")
            await discord.until(functools.partial(lambda before: len(discord.messages) > before, before))


def resident(process: int) -> float:
    """Megabytes of memory a process has resident."""
    kibibytes = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True)
    return int(kibibytes.stdout) * 1024 / MEGABYTE


def installed_size() -> float:
    """Megabytes on disk of every package in requirements.txt, compiled files included, and of our own rooms."""
    pinned = (line.partition("==") for line in (ROOT / "requirements.txt").read_text().splitlines())
    names = [name for name, equals, _ in pinned if equals and not name.startswith((" ", "#"))]
    paths: set[Path] = set()
    for name in names:
        try:
            paths |= {Path(str(file.locate())) for file in distribution(name).files or ()}
        except ModuleNotFoundError:
            continue  # pinned for another system or Python
    for room in ("knowledge", "bot", "adapters"):
        paths |= set((ROOT / room).rglob("*"))
    return sum(path.stat().st_size for path in paths if path.is_file()) / MEGABYTE


if __name__ == "__main__":
    main()
