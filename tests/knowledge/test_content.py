"""The content that comes with the bot: what it promises, and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest

from knowledge.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.language import ASKING
from knowledge.lexicon import Lexicon, table
from knowledge.model import KINDS, STATEMENT_LIMIT
from knowledge.text import fold, words
from tests.knowledge.questions import OFF_TOPIC, SEED

FIRST_LIMIT = 200  # characters of a topic's first statement, which stands alone (docs/content.md)


def cited(base: KnowledgeBase) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything the content says of the world, and what it cites."""
    content = base.content
    for topic in content.topics.values():
        yield from ((f"{topic.id}: {said.text}", said.cites) for said in topic.statements)
    yield from ((event.id, event.cites) for event in content.events.values())
    for entity in content.entities.values():
        yield from ((f"{entity.id}: {said.text}", said.cites) for said in entity.about)
        yield from ((f"{entity.id}: {office.title}", office.cites) for office in entity.offices)
    for resolution in content.resolutions.values():
        yield resolution.id, resolution.cites
        yield from ((f"{resolution.id}: {said.text}", said.cites) for said in resolution.explained)
    for series in content.series.values():
        yield from ((f"{series.id}: {figure.year}", figure.cites) for figure in series.figures)


def test_it_holds_every_kind_of_record(real: KnowledgeBase) -> None:
    counts = real.counts()
    assert all((counts.topics, counts.statements, counts.events, counts.entities, counts.resolutions, counts.figures))
    assert counts.sources


def test_everything_it_says_cites_a_source_that_is_there(real: KnowledgeBase) -> None:
    without = [what for what, cites in cited(real) if not cites or not set(cites) <= real.content.sources.keys()]
    assert without == []


def test_every_source_has_all_a_reader_needs(real: KnowledgeBase) -> None:
    for source in real.content.sources.values():
        assert source.url.startswith("https://"), source.id
        assert source.archive is None or source.archive.startswith("https://"), source.id
        assert source.title, source.id
        assert source.publisher, source.id
        assert source.published.year > 1800, source.id
        assert source.kind in KINDS, source.id


def test_no_two_sources_are_one_page(real: KnowledgeBase) -> None:
    assert [
        url for url, count in Counter(each.url for each in real.content.sources.values()).items() if count > 1
    ] == []


def shown(base: KnowledgeBase) -> Iterable[tuple[str, Answer]]:
    """Every answer that shows a record or answers a wording."""
    for topic in base.content.topics.values():
        yield topic.id, base.topic(topic.id)
        yield topic.title, base.answer(topic.questions[0])
    yield from ((each.id, base.resolution(each)) for each in base.content.resolutions.values())


def test_every_answer_says_as_of_when_and_gives_each_source_with_its_date(real: KnowledgeBase) -> None:
    for what, answer in shown(real):
        assert answer.as_of, what
        assert answer.citations, what
        assert all(each.source.published for each in answer.citations), what


def test_the_first_statement_of_a_topic_stands_alone(real: KnowledgeBase) -> None:
    long = {topic.id for topic in real.content.topics.values() if len(topic.answer[0].text) > FIRST_LIMIT}
    assert long == set()


def test_a_topic_answers_in_two_to_four_statements(real: KnowledgeBase) -> None:
    assert {topic.id for topic in real.content.topics.values() if not 2 <= len(topic.answer) <= 4} == set()


def test_no_sentence_stands_twice(real: KnowledgeBase) -> None:
    said = [(each.text, topic.id) for topic in real.content.topics.values() for each in topic.statements]
    counts = Counter(fold(text) for text, _ in said)
    assert [(text, where) for text, where in said if counts[fold(text)] > 1] == []


def test_every_statement_can_be_read_in_a_chat(real: KnowledgeBase) -> None:
    for topic in real.content.topics.values():
        for statement in topic.statements:
            assert len(statement.text) <= STATEMENT_LIMIT
            assert statement.text[-1] in '.?!”’")', f"{topic.id}: {statement.text}"


def test_no_statement_holds_for_a_day_before_its_sources(real: KnowledgeBase) -> None:
    """A statement may hold for a day after it was published only when it is about what then was to come."""
    sources = real.content.sources
    late = [
        f"{topic.id}: {said.as_of} after {[str(sources[each].published) for each in said.cites]}: {said.text}"
        for topic in real.content.topics.values()
        for said in topic.statements
        if said.as_of.first > max(sources[each].published.last for each in said.cites)
    ]
    assert late == []


def got(answer: Answer) -> str:
    """What answered, in two words."""
    if answer.declined:
        return "a choice" if answer.choice else "declined"
    return f"{answer.subject.kind} {answer.subject.id}" if answer.subject else "a list"


def wrongly_answered(base: KnowledgeBase, asked: Iterable[tuple[str, str]]) -> list[str]:
    """The questions among these (question, id of the topic) that another record answers, or none."""
    answers = ((question, id, got(base.answer(question))) for question, id in asked)
    return [f"{id}: {question} -> {answered}" for question, id, answered in answers if answered != f"topic {id}"]


def is_of_a_record(base: KnowledgeBase, question: str, answer: Answer) -> bool:
    """Whether a record answers a question that asks for it: the card of a name or a resolution in the question, the
    holders of an office, figures, or a list of what happened in a time."""
    query, subject = base.query(question), answer.subject
    if subject is None:
        return not answer.declined
    if subject.kind == "entity":
        return subject.id in query.names or ASKING + "who" in query.asks
    return subject.kind == "series" or subject.id in query.terms


CHANGES: dict[str, Callable[[str], str]] = {
    "in small letters, unpointed": lambda text: text.lower().rstrip("?？."),
    "politely and loud": lambda text: f"Hi, can you tell me: {text} Thanks!".upper(),
}
UNCORRECTED = 10  # cues, of several hundred, that another topic's correction or wording comes before
EACH = 7  # of so many wordings one is changed: there are many thousand


Asked = tuple[str, str, Answer]  # id of a topic, one of its wordings, what that gets


@pytest.fixture(scope="module")
def asked(real: KnowledgeBase) -> list[Asked]:
    """Every wording, asked once for all who look at what it gets: that takes a minute."""
    topics = real.content.topics.values()
    return [(topic.id, wording, real.answer(wording)) for topic in topics for wording in topic.questions]


def not_its_own(base: KnowledgeBase, asked: Iterable[Asked]) -> list[str]:
    """The wordings among these that neither their own topic nor a record answers that they ask for."""
    return [
        f"{id}: {wording} -> {got(answer)}"
        for id, wording, answer in asked
        if got(answer) != f"topic {id}" and not is_of_a_record(base, wording, answer)
    ]


def test_each_wording_is_answered_by_its_own_topic_or_by_the_record_it_asks_for(
    real: KnowledgeBase, asked: list[Asked]
) -> None:
    assert not_its_own(real, asked) == []


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_small_letters_and_manners_change_no_answer(
    real: KnowledgeBase, asked: list[Asked], change: Callable[[str], str]
) -> None:
    changed = [(id, change(wording)) for id, wording, _ in asked[::EACH]]
    assert not_its_own(real, ((id, wording, real.answer(wording)) for id, wording in changed)) == []


def test_a_claim_never_stands_without_the_other_side(real: KnowledgeBase, asked: list[Asked]) -> None:
    disputes = [dispute for topic in real.content.topics.values() for dispute in topic.disputes]
    claims = {claim.text for dispute in disputes for claim in dispute.claims}
    assert claims
    assert [
        f"{wording}: {part.text}"
        for _, wording, answer in asked
        for part in answer.parts
        if part.role == "statement" and part.text in claims
    ] == []


def test_each_way_to_ask_for_a_statement_brings_it_first(real: KnowledgeBase) -> None:
    """The statement itself, or the dispute it is a claim of; a wrong assumption may be corrected before it."""
    missed = []
    for topic in real.content.topics.values():
        matters = {claim.text: dispute.matter for dispute in topic.disputes for claim in dispute.claims}
        for statement in topic.statements:
            for question in statement.asked:
                answer = real.answer(question)
                if is_of_a_record(real, question, answer):
                    continue
                first = [part for part in answer.parts if part.role != "correction"][:1]
                corrected = answer.parts[:1] != tuple(first)
                wanted = (statement.text, matters.get(statement.text))
                if got(answer) != f"topic {topic.id}" or (not corrected and first[0].text not in wanted):
                    missed.append(f"{topic.id}: {question} -> {got(answer)}: {[part.text for part in first]}")
    assert missed == []


def test_the_topic_of_a_wording_answers_it_when_its_title_stands_behind(real: KnowledgeBase) -> None:
    for topic in real.content.topics.values():
        told = real.answer(f"{topic.title} ({topic.title})")
        assert got(told) in (f"topic {topic.id}", "declined")
        assert told.parts or told.related[0].id == topic.id


def test_no_two_wordings_are_the_same(real: KnowledgeBase) -> None:
    asked = Counter(
        fold(wording)
        for topic in real.content.topics.values()
        for wording in (*topic.questions, *(each for statement in topic.statements for each in statement.asked))
    )
    assert [wording for wording, count in asked.items() if count > 1] == []


def test_each_word_of_another_language_is_read_as_the_english_one_it_stands_under(real: KnowledgeBase) -> None:
    entries = real.content.lexicon
    lexicon = Lexicon(table(entries))
    assert entries
    lost = [
        f"{english}: {other}"
        for english, others in entries.items()
        for other in others
        if lexicon.of_runs(lexicon.of_words(words(other), lambda word: False)) != words(english)
    ]
    assert lost == []


@pytest.mark.parametrize(("topic", "asked"), SEED.items(), ids=SEED.keys())
def test_the_first_questions_are_answered_in_other_words(
    real: KnowledgeBase, topic: str, asked: tuple[str, ...]
) -> None:
    assert len(asked) >= 8
    wordings = set(map(fold, real.content.topics[topic].questions))
    assert sum(fold(question) not in wordings for question in asked) >= 8
    assert wrongly_answered(real, ((question, topic) for question in asked)) == []


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("did xi jinping go to pyongyang", {"xi-in-pyongyang-2019"}),
        ("Zhou Enlai in Pyongyang", {"zhou-enlai", "zhou-enlai-in-pyongyang-1970"}),
    ],
)
def test_two_names_alone_are_a_question(real: KnowledgeBase, question: str, topics: set[str]) -> None:
    subject = real.answer(question).subject
    assert subject is not None
    assert subject.id in topics


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_what_is_not_its_subject_is_declined(real: KnowledgeBase, question: str) -> None:
    answer = real.answer(question)
    assert answer.declined, f"{answer.subject}: {[part.text for part in answer.parts]}"
    assert len(answer.related) <= 3


def test_each_cue_brings_the_correction_first(real: KnowledgeBase) -> None:
    missed = []
    for topic in real.content.topics.values():
        for premise in topic.premises:
            for cue in premise.cues:
                for question in (f"{cue}?", f"Is it true, then: {cue}?"):
                    first = real.answer(question).parts[:1]
                    if [(part.role, part.text) for part in first] != [("correction", premise.correction.text)]:
                        missed.append(f"{topic.id}: {question} -> {first}")
    assert len(missed) <= UNCORRECTED, missed


def test_a_wording_makes_no_assumption_that_another_topic_corrects(real: KnowledgeBase, asked: list[Asked]) -> None:
    topics = real.content.topics.values()
    corrected = {premise.correction.text: topic.id for topic in topics for premise in topic.premises}
    assert [
        f"{id}: {wording}"
        for id, wording, answer in asked
        if answer.parts and corrected.get(answer.parts[0].text, id) != id
    ] == []


def test_every_entity_resolution_and_figure_can_be_asked_for(real: KnowledgeBase) -> None:
    content = real.content
    for entity in content.entities.values():
        for name in entity.names:
            assert real.find_entity(name) == entity.id
    for resolution in content.resolutions.values():
        assert real.find_resolution(resolution.symbol) == resolution
        answer = real.answer(resolution.symbol)
        assert answer.subject is not None
        assert answer.subject.id in (resolution.id, f"resolution-{resolution.id}"), resolution.symbol
    for series in content.series.values():
        for figure in series.figures:
            answer = real.answer(series.questions[0].replace("{year}", str(figure.year.year)))
            assert any(str(figure.year) in part.text for part in answer.parts), figure


def test_an_answer_tells_where_sources_differ(real: KnowledgeBase) -> None:
    answers = [(topic, real.answer(topic.questions[0])) for topic in real.content.topics.values() if topic.disputes]
    disputed = [(topic, answer) for topic, answer in answers if got(answer) == f"topic {topic.id}"]
    assert disputed
    for topic, answer in disputed:
        said = " ".join(part.text for part in answer.parts)
        for dispute in topic.disputes:
            assert dispute.matter in said, topic.id


def test_a_vote_of_china_is_never_taken_for_a_vote_against(real: KnowledgeBase) -> None:
    for resolution in real.content.resolutions.values():
        if resolution.china != "for" or resolution.seat != "prc":
            continue
        for refusal in ("vote against", "veto", "oppose"):
            first = real.answer(f"Why did China {refusal} resolution {resolution.id}?").parts[0]
            assert first.role == "correction", (resolution.id, refusal)
