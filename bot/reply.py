"""What a person gets, free of any platform.

A reply is plain text in lines, the sources they cite, and a few things to press. Each adapter writes its own
links, escapes and splits; none changes a word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["heading", "body", "item", "quiet"]
Outcome = Literal["answered", "declined", "refused", "failed"]

BULLET = "• "


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of plain text: no line breaks, no Discord or Slack markup."""

    text: str
    cites: tuple[int, ...] = ()  # numbers of the reply's sources
    style: Style = "body"

    @property
    def words(self) -> str:
        """The line as people see it, with the numbers of its sources: ``China voted for it. [1][2]``."""
        marks = "".join(f"[{number}]" for number in self.cites)
        return (BULLET if self.style == "item" else "") + self.text + (f" {marks}" if marks else "")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as a reply shows it."""

    number: int  # 1 and up, as in the marks of the lines
    title: str
    publisher: str
    published: str  # as people read it: 18 June 2008
    kind: str  # as people read it: think tank
    url: str  # https

    @property
    def credit(self) -> str:
        """What follows the linked title: ``Council on Foreign Relations, 18 June 2008 (think tank)``."""
        return f"{self.publisher}, {self.published} ({self.kind})"

    @property
    def words(self) -> str:
        """The source as people see it, without its address."""
        return f"[{self.number}] {self.title} – {self.credit}"


@dataclass(frozen=True, slots=True)
class Action:
    """A thing to press: it asks the bot what typing its ``line`` would.

    Kept whole inside the platform's own button, so that it works after a restart.
    """

    label: str  # at most LABEL_LIMIT characters
    command: str  # a name of the command table
    argument: str  # the rest of the line, which may be empty; both together take at most KEY_LIMIT characters

    @property
    def line(self) -> str:
        """What a person would type instead."""
        return f"{self.command} {self.argument}".strip()


LABEL_LIMIT = 75  # characters; Slack, Block Kit, button text (Discord allows 80)
KEY_LIMIT = 90  # characters; Discord, custom_id has 100, of which the adapters need a few


def shortened(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters, the last of them … where it had more."""
    return text if len(text) <= most else text[: most - 1] + "…"


@dataclass(frozen=True, slots=True)
class Reply:
    """Lines to read in order, then their sources, then what to press."""

    lines: tuple[Line, ...]
    sources: tuple[SourceLine, ...] = ()
    actions: tuple[Action, ...] = ()
    more: Action | None = None  # the one of the actions that the word "more" asks for
    about: Action | None = None  # what opens the record that it was answered from
    is_choice: bool = False  # whether it asks which of its actions is meant
    outcome: Outcome = "answered"
    asked: str = field(default="", compare=False)  # the typed line that gets this reply whatever was said before

    @property
    def text(self) -> str:
        """Every line as people see it, without the list of sources."""
        return "\n".join(line.words for line in self.lines)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of an autocomplete list."""

    label: str  # what is shown; at most SUGGESTION_LIMIT characters
    value: str  # what is sent when it is chosen; at most SUGGESTION_LIMIT characters


SUGGESTION_LIMIT = 100  # characters; Discord, application command choice name and value
