"""``make evaluate``: questions written without a look at the wordings of the content, put to the real bot.

Three files in ``tests/data/evaluation``: questions in scope with the facts that a good answer holds, questions that
must be declined, and conversations. A hash splits each into a half for development, which may be looked at, and a
half for the test, which only ever counts. ``--misses`` prints what goes wrong in the half for development.

A fact is found where the answer holds any of its strings. An answer is full that holds all its facts, and wrong where
it holds none. A citation is right where the line that holds the fact is one with a source. Behind each share stands
its 95 per cent interval (Wilson 1927).

It fails where the half for the test has fallen below one of FLOORS or risen above one of CEILINGS.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.app import Bot
from bot.build import build
from bot.context import Context
from bot.reply import Reply
from bot.request import Request
from bot.settings import Settings
from bot.store.sqlite import Store

FOLDER = Path(__file__).parent / "data" / "evaluation"
Z = 1.96  # standard deviations of a 95 per cent interval

# What the half for the test is held to, in shares from 0 to 1.
FLOORS: Mapping[str, float] = {"facts found": 0.75, "full answers": 0.76, "conversations full": 0.71}
CEILINGS: Mapping[str, float] = {"declined": 0.13, "wrong": 0.13, "out of scope answered": 0.12}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, alone or as a turn of a conversation, and what its answer must hold."""

    text: str
    facts: tuple[tuple[str, ...], ...]  # any string of each; of a question to be declined, none
    subject: str
    manner: str
    declines: bool
    topics: tuple[str, ...] = ()  # the topics or other records any of which answers it

    def found(self, reply: Reply) -> int:
        """How many of the facts a reply holds."""
        said = folded(reply.text)
        return sum(any(folded(each) in said for each in fact) for fact in self.facts)

    def cited(self, reply: Reply) -> int:
        """How many of them stand in a line with a source."""
        lines = [folded(line.text) for line in reply.lines if line.cites]
        return sum(any(folded(each) in line for each in fact for line in lines) for fact in self.facts)


@dataclass(frozen=True)
class Outcome:
    """A question and the reply it got."""

    asked: Asked
    reply: Reply

    @property
    def declined(self) -> bool:
        return self.reply.outcome != "answered"

    @cached_property
    def found(self) -> int:
        return 0 if self.declined else self.asked.found(self.reply)

    @property
    def full(self) -> bool:
        return not self.declined and self.found == len(self.asked.facts)

    @property
    def wrong(self) -> bool:
        return not self.declined and bool(self.asked.facts) and not self.found


@dataclass(frozen=True)
class Half:
    """What came of one half of the questions."""

    name: str
    asked: list[Outcome]  # of the questions in scope
    beside: list[Outcome]  # of those out of scope
    turns: list[Outcome]  # of the conversations

    @property
    def slipped(self) -> list[Outcome]:
        """What is out of scope and was answered."""
        return [each for each in self.beside if not each.declined]

    @property
    def followed(self) -> list[Outcome]:
        """The turns of the conversations that are in scope."""
        return [each for each in self.turns if not each.asked.declines]

    @property
    def figures(self) -> Mapping[str, float]:
        """The shares that FLOORS and CEILINGS speak of, 0 to 1."""
        asked, followed = self.asked, self.followed
        return {
            "facts found": sum(each.found for each in asked) / sum(len(each.asked.facts) for each in asked),
            "full answers": sum(each.full for each in asked) / len(asked),
            "conversations full": sum(each.full for each in followed) / len(followed),
            "declined": sum(each.declined for each in asked) / len(asked),
            "wrong": sum(each.wrong for each in asked) / len(asked),
            "out of scope answered": len(self.slipped) / len(self.beside),
        }


def is_test(text: str) -> bool:
    """Whether a text belongs to the half that is not looked at."""
    return hashlib.sha256(text.encode()).digest()[-1] % 2 == 0


def folded(text: str) -> str:
    """A text as facts are looked for in it: in small letters, with plain dashes, quotes and spaces."""
    return " ".join(text.casefold().replace("–", "-").replace("’", "'").split())


def records(name: str) -> Iterator[Mapping[str, Any]]:
    """The lines of one of the files."""
    return map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())


def _asked(record: Mapping[str, Any], subject: str = "", manner: str = "") -> Asked:
    facts = tuple(map(tuple, record["facts"]))
    declines = record.get("declines", record.get("subject") == "decline")
    return Asked(
        record["q"],
        facts,
        record.get("subject", subject),
        record.get("manner", manner),
        declines,
        tuple(record.get("topics", ())),
    )


def labels(topics: Iterable[str]) -> frozenset[str]:
    """The ids of the records that a question names as topics, such as ``resolution-1718``."""
    bare = {each.removeprefix(prefix) for each in topics for prefix in ("entity-", "resolution-")}
    return frozenset(topics) | bare


def in_scope(*, test: bool) -> list[Asked]:
    """The questions that the record answers."""
    return [each for each in map(_asked, records("asked.jsonl")) if is_test(each.text) is test]


def out_of_scope(*, test: bool) -> list[Asked]:
    """The questions that must be declined."""
    return [each for each in map(_asked, records("declined.jsonl")) if is_test(each.text) is test]


def conversations(*, test: bool) -> list[tuple[str, list[Asked]]]:
    """The conversations, each with its id and turns."""
    return [
        (record["id"], [_asked(turn, "conversation", record["kind"]) for turn in record["turns"]])
        for record in records("conversations.jsonl")
        if is_test(record["turns"][0]["q"]) is test
    ]


def _outcome(bot: Bot[Context], asked: Asked, conversation: str = "") -> Outcome:
    reply = bot.reply(Request("evaluate", text=asked.text, conversation=conversation))
    if reply.outcome == "failed":
        raise RuntimeError(f"the bot failed at: {asked.text}")
    return Outcome(asked, reply)


def ask(bot: Bot[Context], questions: Iterable[Asked]) -> list[Outcome]:
    """Put each question by itself."""
    return [_outcome(bot, each) for each in questions]


def talk(bot: Bot[Context], conversation: str, turns: Iterable[Asked]) -> list[Outcome]:
    """Put the turns of one conversation one after the other."""
    return [_outcome(bot, each, conversation) for each in turns]


def share(part: int, total: int) -> str:
    """A share in per cent with its interval: `` 88% (82–92)``."""
    if not total:
        return "   – "
    middle, spread = (
        (part / total + Z**2 / (2 * total)),
        Z * math.sqrt(part * (total - part) / total**3 + Z**2 / (4 * total**2)),
    )
    low, high = (max(0.0, end / (1 + Z**2 / total)) for end in (middle - spread, middle + spread))
    return f"{part / total:4.0%} ({low * 100:.0f}–{high * 100:.0f})"


def _row(name: str, outcomes: list[Outcome]) -> str:
    """How many questions, then CELLS."""
    total, facts = len(outcomes), sum(len(each.asked.facts) for each in outcomes)
    found = sum(each.found for each in outcomes)
    cited = sum(each.asked.cited(each.reply) for each in outcomes if not each.declined)
    cells = (
        share(found, facts),
        share(sum(each.full for each in outcomes), total),
        share(sum(each.declined for each in outcomes), total),
        share(sum(each.wrong for each in outcomes), total),
        share(cited, found),
    )
    return f"{name:<18}{total:>4}  " + "".join(f"{cell:<16}" for cell in cells).rstrip()


CELLS = ("facts found", "full answers", "declined", "wrong", "cited")  # of a row, after its name and count
HEAD = f"{'':<18}{'':>4}  " + "".join(f"{cell:<16}" for cell in CELLS).rstrip()


def _table(outcomes: list[Outcome], key: Callable[[Outcome], str]) -> list[str]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        groups[key(each)].append(each)
    return [_row(name, group) for name, group in sorted(groups.items())]


def halves(bot: Bot[Context]) -> tuple[Half, Half]:
    """Put every question to a bot: the half for development, and the half for the test."""
    development, test = (
        Half(
            name,
            asked=ask(bot, in_scope(test=test)),
            beside=ask(bot, out_of_scope(test=test)),
            turns=[each for id, turns in conversations(test=test) for each in talk(bot, f"{name}:{id}", turns)],
        )
        for name, test in (("development", False), ("test", True))
    )
    return development, test


def report(development: Half, test: Half) -> str:
    """The figures of both halves, then those of the test half by subject and manner."""
    lines = [HEAD]
    for half in (development, test):
        lines += [_row(half.name, half.asked), _row("  conversations", half.followed)]
    lines.append("")
    for half in (development, test):
        wandered = [each for each in half.turns if each.asked.declines]
        lines.append(
            f"out of scope, {half.name}: answered {share(len(half.slipped), len(half.beside))} of {len(half.beside)}; "
            f"in conversations {share(sum(not each.declined for each in wandered), len(wandered))} of {len(wandered)}"
        )
    kinds, slipped = (Counter(each.asked.manner for each in group) for group in (test.beside, test.slipped))
    lines += [f"  {kind:<18}{slipped[kind]:>3} of {kinds[kind]}" for kind in sorted(kinds)]
    lines += ["", "test half by subject", *_table(test.asked, lambda each: each.asked.subject)]
    lines += ["", "test half by manner", *_table(test.asked, lambda each: each.asked.manner)]
    return "\n".join(lines)


def broken(test: Half) -> list[str]:
    """The floors and ceilings that the half for the test does not keep to, a line each."""
    figures = test.figures
    below = [
        f"{name}: {figures[name]:.1%}, at least {least:.1%}" for name, least in FLOORS.items() if figures[name] < least
    ]
    above = [
        f"{name}: {figures[name]:.1%}, at most {most:.1%}" for name, most in CEILINGS.items() if figures[name] > most
    ]
    return [*below, *above]


def judge(test: Half) -> int:
    """Say what the half for the test does not keep to; returns the exit code."""
    lines = broken(test)
    for line in lines:
        print(f"Not kept to in the half for the test: {line}", file=sys.stderr)
    return 1 if lines else 0


def misses(bot: Bot[Context]) -> Iterator[str]:
    """What goes wrong in the half for development, one line each."""
    for outcome in ask(bot, in_scope(test=False)):
        if not outcome.full:
            yield f"{_what(outcome)} [{outcome.asked.manner}] {outcome.asked.text} | {outcome.asked.facts}"
    for outcome in ask(bot, out_of_scope(test=False)):
        if not outcome.declined:
            yield f"ANSWERED [{outcome.asked.manner}] {outcome.asked.text} | {outcome.reply.lines[0].text[:90]}"
    for id, turns in conversations(test=False):
        for outcome in talk(bot, id, turns):
            if outcome.declined is not outcome.asked.declines or not (outcome.declined or outcome.full):
                yield f"{_what(outcome)} [{id} {outcome.asked.manner}] {outcome.asked.text} | {outcome.asked.facts}"


def _what(outcome: Outcome) -> str:
    return "DECLINED" if outcome.declined else "WRONG   " if outcome.wrong else "PARTLY  "


def main() -> int:
    store = Store(":memory:")
    bot = build(Settings(), store)
    try:
        if "--misses" in sys.argv:
            print("\n".join(misses(bot)))
            return 0
        development, test = halves(bot)
    finally:
        store.close()
    print(report(development, test))
    return judge(test)


if __name__ == "__main__":
    sys.exit(main())
