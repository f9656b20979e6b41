"""Rules of the audit: names, sentences and wordings that stand in two places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from knowledge.findings import Finding, Said, sentences
from knowledge.model import Content
from knowledge.names import Names, table
from knowledge.text import content_terms, words

ALIKE = 0.8  # share of terms two statements have in common, from which on they say the same
ORDINARY = 3  # sentences that have a word in small letters, from which on it is an ordinary word


def ambiguous_names(content: Content) -> Iterator[Finding]:
    """Names that are an ordinary word of the record, or another entity's in another order."""
    small = Counter(
        word for said in sentences(content) for word in set(re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])", said.text))
    )
    orders: dict[tuple[str, ...], tuple[str, str]] = {}
    for entity in content.entities.values():
        for language in ("en", "zh", "ko"):
            for place, name in enumerate(getattr(entity.names, language)):
                field = f"names.{language}[{place}]"
                if small[name.casefold()] >= ORDINARY and name.casefold() == name.casefold().strip():
                    problem = f"the name “{name}” is an ordinary word in {small[name.casefold()]} sentences"
                    yield Finding("entities", entity.id, field, problem, "Remove it, or name the entity in full")
                parts = tuple(sorted(words(name)))
                owner, other = orders.setdefault(parts, (entity.id, name))
                if owner != entity.id:
                    problem = f"the name “{name}” is “{other}” of “{owner}” in another order"
                    yield Finding("entities", entity.id, field, problem, "Remove it, or name the entity in full")


def said_twice(content: Content) -> Iterator[Finding]:
    """Statements of topics, and events, that say in nearly the same words what another says."""
    for shelf in ("topics", "events"):
        said = [each for each in sentences(content) if each.shelf == shelf]
        for one, other in _alike(said):
            problem = f"it says nearly what “{other.entry}” says in {other.field}"
            yield Finding(one.shelf, one.entry, one.field, problem, "Keep it in one place, or say what differs")


def _alike(said: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """Pairs that share most of their terms and all of their numbers."""
    read = [(each, frozenset(content_terms(words(each.text)))) for each in said]
    groups: dict[frozenset[str], list[tuple[Said, frozenset[str]]]] = defaultdict(list)
    for each, terms in read:
        groups[frozenset(term for term in terms if term.isdigit())].append((each, terms))
    for group in groups.values():
        for (one, these), (other, those) in combinations(group, 2):
            if len(these & those) >= ALIKE * len(these | those) and not _corrects(one, other):
                yield other, one


def _corrects(one: Said, other: Said) -> bool:
    """Whether one is a correction of the topic that has the other: it may say what the topic says."""
    return one.entry == other.entry and "premises" in one.field + other.field


def asked_twice(content: Content) -> Iterator[Finding]:
    """Wordings that say nothing which would tell their topic from another that is asked the same."""
    names = Names(table(content.entities.values()))
    owners: dict[tuple[frozenset[str], frozenset[str]], tuple[str, str]] = {}
    for topic in content.topics.values():
        for place, wording in enumerate(topic.questions):
            reading = names.read(words(wording))
            key = frozenset(reading.names), frozenset(content_terms(reading.words))
            owner, first = owners.setdefault(key, (topic.id, wording))
            if owner != topic.id and key[1]:
                problem = f"the wording says what “{first}” of “{owner}” says"
                yield Finding("topics", topic.id, f"questions[{place}]", problem, "Say what tells the two topics apart")
