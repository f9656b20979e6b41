"""What the rules of the audit read, and what they say: sentences in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.dates import PartialDate
from knowledge.model import Content


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the content, whatever record it stands in."""

    shelf: str
    entry: str
    field: str
    text: str
    cites: tuple[str, ...]
    when: PartialDate | None  # the date it holds for


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, by record and field."""

    shelf: str
    entry: str
    field: str
    problem: str
    remedy: str


def sentences(content: Content) -> Iterator[Said]:
    """Everything the content says of the world, but the records of the Security Council and the figures."""
    for topic in content.topics.values():
        for name, statements in (("answer", topic.answer), ("more", topic.more)):
            for place, each in enumerate(statements):
                yield Said("topics", topic.id, f"{name}[{place}]", each.text, each.cites, each.as_of)
        for place, dispute in enumerate(topic.disputes):
            for number, each in enumerate(dispute.claims):
                field = f"disputes[{place}].claims[{number}]"
                yield Said("topics", topic.id, field, each.text, each.cites, each.as_of)
        for place, premise in enumerate(topic.premises):
            each = premise.correction
            yield Said("topics", topic.id, f"premises[{place}].correction", each.text, each.cites, each.as_of)
    for event in content.events.values():
        yield Said("events", event.id, "text", event.text, event.cites, event.date)
    for entity in content.entities.values():
        for place, each in enumerate(entity.about):
            yield Said("entities", entity.id, f"about[{place}]", each.text, each.cites, each.as_of)
    for resolution in content.resolutions.values():
        for place, each in enumerate(resolution.explained):
            yield Said("resolutions", resolution.id, f"explained[{place}]", each.text, each.cites, each.as_of)


_YEAR = re.compile(
    r"(?<![\d/,.$])(1[89]\d\d|20\d\d)(?![\d/]|,\d)(?!\s*(km|tonnes|kilomet|troops|people|million|vessels))"
)


def years_in(content: Content, text: str) -> set[int]:
    """The years in a sentence; 2087 is a resolution."""
    return {int(found[1]) for found in _YEAR.finditer(text) if found[1] not in content.resolutions}
