"""The evaluation set is what it is said to be, and the bot does as well on it as it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.app import Bot
from bot.commands import COMMANDS
from bot.context import Context
from bot.conversation import Conversations
from bot.reply import Line, Reply
from bot.store.sqlite import Store
from knowledge import cards
from knowledge.answer import Part
from knowledge.base import KnowledgeBase
from knowledge.model import Content
from tests import evaluate
from tests.evaluate import CEILINGS, FLOORS, Asked, Half, Outcome, broken, folded, judge, records, report, share

# The least there must be of each set.
IN_SCOPE = 400
OUT_OF_SCOPE = 300
CONVERSATIONS = 60
TURNS = 2  # of the shortest conversation

# What lies out of scope, and the least there must be of each kind.
KINDS = {
    "near-north-korea": 60,
    "near-china": 60,
    "unanswered": 60,
    "other-pair": 40,
    "off-topic": 40,
    "prediction": 40,
    "advice-opinion": 40,
    "chatter": 20,
    "instructions": 20,
    "no-language": 20,
    "abuse": 10,
    "other-language": 10,
}

HALVES = (False, True)  # for development, for the test


@pytest.fixture(scope="session")
def asked() -> list[Asked]:
    """The questions in scope."""
    return [each for test in HALVES for each in evaluate.in_scope(test=test)]


@pytest.fixture(scope="session")
def beside() -> list[Asked]:
    """The questions out of scope."""
    return [each for test in HALVES for each in evaluate.out_of_scope(test=test)]


@pytest.fixture(scope="session")
def talks() -> list[tuple[str, list[Asked]]]:
    """The conversations."""
    return [each for test in HALVES for each in evaluate.conversations(test=test)]


@pytest.fixture(scope="session")
def halves(real: KnowledgeBase) -> tuple[Half, Half]:
    """What comes of all of it, asked once."""
    store = Store(":memory:")
    halves = evaluate.halves(Bot(COMMANDS, Context(real, store, "test", ()), store, Conversations(real)))
    store.close()
    return halves


@pytest.fixture(scope="session")
def said(real: KnowledgeBase) -> dict[str, str]:
    """All that each record can say, folded, by the label that questions name it with."""
    told = dict[str, list[str]]()
    for label, parts in cards_of(real.content):
        told.setdefault(label, []).extend(folded(part.text) for part in parts)
    return {label: "\n".join(texts) for label, texts in told.items()}


def cards_of(content: Content) -> Iterator[tuple[str, list[Part]]]:
    """The label of every record, and what an answer can say of it."""
    for topic in content.topics.values():
        whole = cards.topic(topic, 0, len(topic.in_order))
        yield topic.id, [*whole, *(cards.part(premise.correction) for premise in topic.premises)]
    for event in content.events.values():
        yield "timeline", [cards.event(event)]
    for entity in content.entities.values():
        held = cards.holders((office, entity) for office in entity.offices)
        yield f"entity-{entity.id}", [*cards.entity(entity), *held]
    for resolution in content.resolutions.values():
        whole = [*cards.resolution(resolution), *cards.resolution(resolution, contents=True)]
        yield f"resolution-{resolution.id}", [*whole, *cards.decisions([resolution], 1)]
    for series in content.series.values():
        for figure in series.figures:
            yield "trade", cards.figures(series, [figure.year.year])


# The sets


def test_the_sets_are_as_large_as_promised(
    asked: list[Asked], beside: list[Asked], talks: list[tuple[str, list[Asked]]]
) -> None:
    assert len(asked) >= IN_SCOPE
    assert len(beside) >= OUT_OF_SCOPE
    assert len(talks) >= CONVERSATIONS
    assert min(len(turns) for _, turns in talks) >= TURNS


def test_what_is_out_of_scope_is_of_every_kind(beside: list[Asked]) -> None:
    counts = Counter(each.manner for each in beside)
    assert counts.keys() == KINDS.keys()
    assert {kind: least for kind, least in KINDS.items() if counts[kind] < least} == {}


def test_each_half_has_nearly_half_of_each_set(
    asked: list[Asked], beside: list[Asked], talks: list[tuple[str, list[Asked]]]
) -> None:
    for every, test in (
        (len(asked), len(evaluate.in_scope(test=True))),
        (len(beside), len(evaluate.out_of_scope(test=True))),
        (len(talks), len(evaluate.conversations(test=True))),
    ):
        assert 0.4 < test / every < 0.6


def test_nothing_is_asked_twice(asked: list[Asked], beside: list[Asked], talks: list[tuple[str, list[Asked]]]) -> None:
    counts = Counter(" ".join(each.text.casefold().split()) for each in (*asked, *beside))
    assert [text for text, count in counts.items() if count > 1] == []
    assert len({id for id, _ in talks}) == len(talks)


def test_what_only_counts_is_not_among_the_earlier_questions(asked: list[Asked]) -> None:
    earlier = {folded(record["q"]) for record in records("earlier.jsonl")}
    assert [each.text for each in asked if folded(each.text) in earlier] == []


def test_a_question_has_facts_where_it_is_in_scope_alone(asked: list[Asked], beside: list[Asked]) -> None:
    assert [each.text for each in asked if each.declines or not each.facts or not all(each.facts)] == []
    assert [each.text for each in beside if not each.declines or each.facts] == []


def test_a_turn_that_must_be_declined_has_no_facts(talks: list[tuple[str, list[Asked]]]) -> None:
    turns = [turn for _, turns in talks for turn in turns]
    assert [turn.text for turn in turns if turn.declines and turn.facts] == []
    assert any(turn.declines for turn in turns)


def test_every_record_a_question_names_is_there(asked: list[Asked], said: dict[str, str]) -> None:
    assert [each.text for each in asked if not each.topics] == []
    assert {label for each in asked for label in each.topics} <= said.keys()


def test_every_fact_is_said_by_a_record_its_question_names(asked: list[Asked], said: dict[str, str]) -> None:
    nowhere = [
        (each.text, fact)
        for each in asked
        for fact in each.facts
        if not any(folded(one) in said[label] for one in fact for label in each.topics)
    ]
    assert nowhere == []


def test_every_fact_of_a_conversation_is_somewhere_in_the_record(
    talks: list[tuple[str, list[Asked]]], said: dict[str, str]
) -> None:
    record = "\n".join(said.values())
    facts = [(id, turn.text, fact) for id, turns in talks for turn in turns for fact in turn.facts]
    assert [each for each in facts if not any(folded(one) in record for one in each[2])] == []


# How an answer is judged


QUESTION = Asked("When, and with whom?", (("October 2006", "9.10.2006"), ("the “PRC”",)), "visits", "plain", False)


def outcome(*lines: Line, asked: Asked = QUESTION, declined: bool = False) -> Outcome:
    return Outcome(asked, Reply(lines, outcome="declined" if declined else "answered"))


def test_a_fact_is_found_by_any_of_its_strings_whatever_their_case_and_dashes() -> None:
    full = outcome(Line("On 9.10.2006, THE  “prc”.", (1,)))
    assert (full.found, full.full, full.wrong) == (2, True, False)
    partly = outcome(Line("In october 2006."))
    assert (partly.found, partly.full, partly.wrong) == (1, False, False)
    wrong = outcome(Line("In 2007."))
    assert (wrong.found, wrong.full, wrong.wrong) == (0, False, True)


def test_a_decline_holds_no_fact_and_is_not_wrong() -> None:
    declined = outcome(Line("October 2006, the “PRC”"), declined=True)
    assert (declined.found, declined.full, declined.wrong, declined.declined) == (0, False, False, True)


def test_a_citation_is_right_where_the_line_with_the_fact_has_one() -> None:
    assert QUESTION.cited(Reply((Line("October 2006.", (1,)), Line("The “PRC”.")))) == 1


def test_a_share_stands_with_its_interval() -> None:
    assert share(50, 100) == " 50% (40–60)"
    assert share(0, 7) == "  0% (0–35)"
    assert share(7, 7) == "100% (65–100)"
    assert share(0, 0).strip() == "–"


# The floors


def half(good: int, bad: int) -> Half:
    """A half in which so many questions got a full answer, and so many a wrong one."""
    right, wrong = outcome(Line("October 2006, the “PRC”.", (1,))), outcome(Line("In 2007.", (1,)))
    beside = replace(QUESTION, facts=(), declines=True)
    slips = [outcome(Line("No."), asked=beside, declined=True)] * good + [outcome(Line("Yes."), asked=beside)] * bad
    answered = [right] * good + [wrong] * bad
    return Half("test", answered, slips, [*answered, outcome(Line("Yes."), asked=beside)])


def test_a_broken_floor_is_told_and_ends_with_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(half(good=10, bad=0)) == 0
    assert capsys.readouterr().err == ""
    assert judge(half(good=0, bad=10)) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if "facts found: 0.0%, at least" in line]
    assert [line for line in told if "wrong: 100.0%, at most" in line]
    assert len(told) == len(FLOORS) + len(CEILINGS) - 1  # nothing was declined


def test_every_floor_and_ceiling_is_of_a_figure() -> None:
    assert FLOORS.keys() | CEILINGS.keys() == half(1, 1).figures.keys()
    assert all(0 < share < 1 for share in (*FLOORS.values(), *CEILINGS.values()))


def test_the_bot_does_as_well_as_it_did(halves: tuple[Half, Half]) -> None:
    _, test = halves
    assert broken(test) == []


def test_the_report_counts_by_subject_manner_and_kind() -> None:
    made, other = half(good=3, bad=1), replace(QUESTION, subject="economy", manner="who")
    slip = replace(QUESTION, facts=(), manner="prediction", declines=True)
    test = replace(
        made,
        asked=[*made.asked, outcome(Line("No."), asked=other, declined=True)],
        beside=[*made.beside, outcome(Line("Yes."), asked=slip)],
    )
    rows = {
        line[:18].strip(): line[18:].split() for line in report(replace(made, name="development"), test).splitlines()
    }
    assert rows["development"][:2] == ["4", "75%"]
    assert (rows["test"][0], rows["test"][1]) == ("5", "60%")
    assert rows["conversations"][:2] == ["4", "75%"]
    assert rows["visits"][:2] == rows["plain"][:2] == ["4", "75%"]
    assert rows["economy"][:2] == rows["who"][:2] == ["1", "0%"]
    assert rows["prediction"] == ["1", "of", "1"]
