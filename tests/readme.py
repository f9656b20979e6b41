"""The parts of README.md that are made: ``make readme`` writes them, a test holds them to what is true."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from adapters.console import to_request, to_text
from bot.build import build
from bot.commands import COMMANDS
from bot.editing import counts
from bot.settings import SETTINGS, Settings
from bot.store.sqlite import Store
from tests import evaluate

README = Path(__file__).parent.parent / "README.md"
QUESTION = "Why does China support North Korea?"


def answer() -> str:
    """What the first command of the README prints."""
    store = Store(":memory:")
    text = to_text(build(Settings(), store).reply(to_request(QUESTION)))
    store.close()
    return f'```\n$ make ask Q="{QUESTION}"\n\n{text}\n```'


def commands() -> str:
    """The table of commands."""
    rows = [f"| `/cnk {command.example}` | {command.help} |" for command in COMMANDS]
    return "\n".join(["| for example | what it does |", "|---|---|", *rows])


def settings() -> str:
    """The table of settings."""
    rows = [f"| `{each.name}` | {each.help} | {f'`{each.default}`' if each.default else ''} |" for each in SETTINGS]
    return "\n".join(["| setting | what it is | when not set |", "|---|---|---|", *rows])


def evaluation() -> str:
    """What ``make evaluate`` prints."""
    store = Store(":memory:")
    text = evaluate.report(*evaluate.halves(build(Settings(), store)))
    store.close()
    return f"```\n{text}\n```"


def counted() -> str:
    """What ``cnk about --counts`` prints."""
    return "\n".join(["```", *counts(Settings()), "```"])


PARTS: Mapping[str, Callable[[], str]] = {
    "answer": answer,
    "commands": commands,
    "settings": settings,
    "evaluation": evaluation,
    "counts": counted,
}


def renewed(text: str) -> str:
    """The README with every made part as it is now."""
    for name, make in PARTS.items():
        part = f"<!-- made: {name} -->\n{make()}\n<!-- end -->"
        pattern = re.compile(rf"<!-- made: {name} -->.*?<!-- end -->", re.DOTALL)
        text, found = pattern.subn(lambda _, part=part: part, text)  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"README.md has {found} parts named {name}; it needs one")
    return text


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
