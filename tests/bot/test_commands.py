"""Every command of the table on the small content."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.app import Bot
from bot.commands import COMMANDS
from bot.context import Context
from bot.reply import KEY_LIMIT, LABEL_LIMIT, SUGGESTION_LIMIT, Reply
from bot.request import Request
from bot.store.sqlite import Store
from knowledge.answer import Answer, Subject
from knowledge.base import KnowledgeBase
from knowledge.query import Query


async def ask(bot: Bot[Context], text: str) -> Reply:
    return await bot.handle(Request("test", text=text))


@pytest.fixture(scope="module")
def real_bot(real: KnowledgeBase) -> Iterator[Bot[Context]]:
    """The real bot on the real content, without a memory of what was said."""
    store = Store(":memory:")
    yield Bot(COMMANDS, Context(real, store, "test", ()), store)
    store.close()


# The table


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_fits_what_platforms_take(command: object) -> None:
    assert re.fullmatch(r"[a-z]{1,32}", command.name)  # type: ignore[attr-defined]  # Discord, name pattern
    assert 1 <= len(command.help) <= 100  # type: ignore[attr-defined]  # Discord, description
    for option in command.options:  # type: ignore[attr-defined]
        assert re.fullmatch(r"[a-z]{1,32}", option.name)
        assert 1 <= len(option.help) <= 100


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_the_example_of_each_command_works_on_the_real_content(command: object, real_bot: Bot[Context]) -> None:
    assert (await ask(real_bot, command.example)).outcome == "answered"  # type: ignore[attr-defined]


async def test_help_lists_every_command_with_its_example(bot: Bot[Context]) -> None:
    text = (await ask(bot, "help")).text
    for command in COMMANDS:
        assert f"{command.help}: {command.example}" in text


@pytest.mark.parametrize("greeting", ["hello", "hi there!", "???", "🙂", "thanks"])
async def test_words_that_ask_nothing_get_help(bot: Bot[Context], greeting: str) -> None:
    assert (await ask(bot, greeting)).text == (await ask(bot, "help")).text


# ask


async def test_an_answer_has_statements_numbers_sources_and_age(bot: Bot[Context]) -> None:
    reply = await ask(bot, "Why does China support North Korea?")
    assert reply.text.splitlines() == [
        "Beijing feared refugees and chaos if Pyongyang collapsed. [1][2]",
        "China wanted no army of the United States on its border. [2]",
        "Sources differ: How long the border is. “More” shows the sides.",
        "As of June 2008 to January 2013. 2 sources: news, think tank. Reviewed 20 November 2026. "
        "Much may have changed since.",
    ]
    assert [source.words for source in reply.sources] == [
        "[1] Questions & answers <on> a *vote* – The Daily, 2013 (news)",
        "[2] Two neighbours – Institute of Neighbours, June 2008 (think tank)",
    ]
    assert reply.more == reply.actions[0]
    assert (reply.actions[0].label, reply.actions[0].line) == (
        "More: Why China supports North Korea",
        "topics support from 3",
    )


async def test_ask_may_be_said_or_left_out(bot: Bot[Context]) -> None:
    assert await ask(bot, "ask Why does China support North Korea?") == await ask(bot, "china support north korea")


async def test_a_decline_says_so_and_offers_the_nearest(bot: Bot[Context]) -> None:
    reply = await ask(bot, "How many nuclear tests did France carry out?")
    assert reply.outcome == "declined"
    assert "no sourced answer" in reply.text
    assert not reply.sources
    assert "The first nuclear test" in reply.text
    assert "first-test" in [action.argument for action in reply.actions]


class Doubting(KnowledgeBase):
    """Takes a question for one of several."""

    nearest = (Subject("topic", "talks", "The Six-Party Talks"), Subject("topic", "support", "Why China supports it"))

    def answer(self, query: Query | str) -> Answer:
        return Answer(related=self.nearest, choice=self.nearest)


async def test_a_doubtful_question_gets_the_nearest_topics_as_a_choice(small: KnowledgeBase, store: Store) -> None:
    bot = Bot(COMMANDS, Context(Doubting(small.content), store, "test", ()), store)
    reply = await ask(bot, "How do they talk?")
    assert (reply.outcome, reply.text) == ("declined", "I am not sure what you ask for. Is it one of these?")
    assert [(action.label, action.line) for action in reply.actions] == [
        ("The Six-Party Talks", "topics talks"),
        ("Why China supports it", "topics support"),
    ]
    assert [question for _, question, _ in store.gaps()] == ["How do they talk?"]


async def test_the_choice_after_a_doubtful_question_opens_topics(real: KnowledgeBase, real_bot: Bot[Context]) -> None:
    wordings = (statement.text for topic in real.content.topics.values() for statement in topic.in_order)
    halves = (" ".join(text.split()[: len(text.split()) // 2]) for text in wordings)
    doubtful = next(half for half in halves if [each.kind for each in real.answer(half).choice[:1]] == ["topic"])
    reply = await ask(real_bot, doubtful)
    assert (reply.outcome, reply.lines[0].text.partition(".")[0]) == ("declined", "I am not sure what you ask for")
    for action in reply.actions:
        opened = await ask(real_bot, action.line)
        assert (opened.outcome, opened.lines[0].text) == ("answered", real.content.topics[action.argument].title)


@pytest.mark.parametrize("name", ["Kim", "Kim Jong", "kim jong ul", "Kim Jong Ill", "what about Kim?", "who is Kim?"])
async def test_a_half_or_misspelt_name_gets_a_choice_that_opens_the_cards(bot: Bot[Context], name: str) -> None:
    reply = await ask(bot, name)
    assert (reply.outcome, reply.text) == (
        "declined",
        "That could be several. Did you mean Kim Jong Il or Kim Jong Un?",
    )
    assert [action.label for action in reply.actions] == ["Kim Jong Il", "Kim Jong Un"]
    for action in reply.actions:
        card = await bot.handle(Request("test", command=action.command, text=action.argument))
        assert (card.outcome, card.lines[0].text.partition(" ·")[0]) == ("answered", action.label)


async def test_a_choice_of_names_does_not_hang_on_a_question_mark(bot: Bot[Context]) -> None:
    assert await ask(bot, "who is Kim") == await ask(bot, "who is Kim?")


@pytest.mark.parametrize("question", ["mining in North Korea", "China and music", "skiing in North Korea"])
async def test_a_question_about_one_of_the_two_is_no_misspelt_name(bot: Bot[Context], question: str) -> None:
    assert "Did you mean" not in (await ask(bot, question)).text


async def test_a_choice_of_names_is_no_gap_in_what_is_known(bot: Bot[Context], store: Store) -> None:
    await ask(bot, "Kim Jong Ul")
    assert list(store.gaps()) == []


async def test_a_time_without_events_is_looked_for_elsewhere_before_it_is_declined(bot: Bot[Context]) -> None:
    reply = await ask(bot, "Why did Beijing support Pyongyang in 2008?")
    assert reply.outcome == "answered"
    assert (
        await ask(bot, "What happened in 1999?")
    ).text == "I have no event in 1999. The record reaches January 2013."


@pytest.mark.parametrize(
    ("question", "when"),
    [
        ("What happened between China and North Korea in 2019?", "2019"),
        ("Why does China support North Korea in March 2020?", "March 2020"),
        ("did china and north korea meet on 9 October 2025", "9 October 2025"),
        ("2016 to 2018", "2016"),
        ("Did China and North Korea talk last week?", ""),
    ],
)
async def test_what_came_after_the_record_is_declined_with_the_date_it_reaches(
    bot: Bot[Context], question: str, when: str
) -> None:
    reply = await ask(bot, question)
    assert reply.outcome == "declined"
    assert reply.text.startswith(f"The record reaches January 2013. I know nothing of {when}")


@pytest.mark.parametrize(
    "question", ["Why does China support North Korea until 2090?", "Why does China support North Korea, 2008 to 2020?"]
)
async def test_a_year_to_come_or_a_span_the_record_has_part_of_is_no_reason_to_decline(
    bot: Bot[Context], question: str
) -> None:
    assert "The record reaches" not in (await ask(bot, question)).text


async def test_a_wrong_premise_is_corrected_first(bot: Bot[Context]) -> None:
    reply = await ask(bot, "Why did China veto resolution 1718?")
    assert reply.lines[0].text == "China voted for Resolution 1718; nobody vetoed it."


async def test_sources_that_differ_stand_side_by_side(bot: Bot[Context]) -> None:
    first, second, third, fourth, *_ = (await ask(bot, "How long is the border?")).lines
    assert first.text == "Sources differ: How long the border is."
    assert ("1,300" in second.text, second.cites) == (True, (1,))
    assert ("1,416" in third.text, third.cites) == (True, (2,))
    assert fourth.text.startswith("What may explain it:")


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What happened in 2006?", "timeline 2006"),
        ("what happened between China and North Korea in October 2006", "timeline 2006-10"),
        ("2003 to 2006", "timeline 2003 2006"),
        ("What happened with the Six-Party Talks in 2003?", "timeline 2003 Six-Party Talks"),
    ],
)
async def test_a_question_for_a_time_gets_its_events(bot: Bot[Context], question: str, line: str) -> None:
    assert await ask(bot, question) == await ask(bot, line)


@pytest.mark.parametrize("question", ["How did China react to the nuclear test of 2006?", "2087", "Resolution 2087"])
async def test_a_year_in_a_question_for_something_else_is_no_timeline(bot: Bot[Context], question: str) -> None:
    assert " event" not in (await ask(bot, question)).lines[0].text


# topics


async def test_topics_lists_areas_then_an_area_its_topics_then_a_topic_all_it_says(bot: Bot[Context]) -> None:
    areas = await ask(bot, "topics")
    assert "3 topics in 3 areas" in areas.text
    assert areas.actions[-1].argument == "wider-picture"
    listed = await ask(bot, "topics wider-picture")
    assert listed == await ask(bot, "topics The wider picture")
    assert listed.actions[0].argument == "support"
    opened = await ask(bot, "topics support")
    assert opened == await ask(bot, "topics Why China supports North Korea")
    for said in ("Beijing feared", "mining licences", "1,300", "1,416"):
        assert said in opened.text


async def test_more_brings_the_rest_without_saying_anything_twice(bot: Bot[Context]) -> None:
    first = await ask(bot, "Why does China support North Korea?")
    assert first.more
    rest = await ask(bot, first.more.line)
    said = {line.text for line in first.lines if line.style == "body"}
    assert said.isdisjoint(line.text for line in rest.lines)
    assert "mining licences" in rest.text
    assert rest.more is None


async def test_a_topic_is_opened_from_any_statement_it_has(bot: Bot[Context]) -> None:
    for start, first in ((1, "Beijing feared"), (3, "Chinese firms"), (4, "Sources differ")):
        assert (await ask(bot, f"topics support from {start}")).lines[1].text.startswith(first)
    reply = await bot.handle(Request("test", command="topics", options={"topic": "support from 9"}))
    assert (reply.outcome, reply.text) == ("refused", "“Why China supports North Korea” has 5 statements.")


async def test_an_unknown_topic_offers_the_nearest(bot: Bot[Context]) -> None:
    reply = await bot.handle(Request("test", command="topics", options={"topic": "six party talk"}))
    assert reply.outcome == "declined"
    assert reply.actions[0].argument == "talks"


async def test_topics_as_the_first_word_of_a_question_is_a_question(bot: Bot[Context]) -> None:
    reply = await ask(bot, "topics China and North Korea discussed in the Six-Party Talks")
    assert reply.outcome == "answered"
    assert reply == await ask(bot, "ask topics China and North Korea discussed in the Six-Party Talks")
    assert reply != await ask(bot, "topics The Six-Party Talks")


# timeline


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("timeline", 3),
        ("timeline 2006", 2),
        ("timeline 2003 2006", 3),
        ("timeline from 2003-08 to October 9, 2006", 2),
        ("timeline since 10 October 2006", 1),
        ("timeline until 2005", 1),
        ("timeline Six-Party Talks", 2),
        ("timeline 2006 about 六方会谈", 1),
        ("timeline 28 August 2003", 1),
    ],
)
async def test_a_timeline_is_bounded_by_dates_and_names(bot: Bot[Context], line: str, events: int) -> None:
    reply = await ask(bot, line)
    assert reply.outcome == "answered"
    assert sum(each.style == "item" for each in reply.lines) == events
    assert reply.lines[0].text.startswith(f"{events} event")
    assert all(each.cites for each in reply.lines if each.style == "item")


async def test_a_timeline_without_events_says_so(bot: Bot[Context]) -> None:
    reply = await ask(bot, "timeline 1990 1995")
    assert (reply.outcome, reply.text) == (
        "declined",
        "I have no event from 1990 to 1995. The record reaches January 2013.",
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"from": "2009", "until": "2003"}, "comes before"),
        ({"from": "yesterday"}, "not a date I can read"),
        ({"from": "2006-02-30"}, "not a date I can read"),
        ({"about": "Bismarck"}, "nothing called “Bismarck”"),
    ],
)
async def test_a_wrong_timeline_option_is_told(bot: Bot[Context], options: dict[str, str], told: str) -> None:
    reply = await bot.handle(Request("test", command="timeline", options=options))
    assert reply.outcome == "refused"
    assert told in reply.text


async def test_a_long_timeline_comes_in_pages_without_a_gap(real: KnowledgeBase, real_bot: Bot[Context]) -> None:
    seen, line = list[str](), "timeline"
    for _ in range(100):
        reply = await ask(real_bot, line)
        seen += [each.text for each in reply.lines if each.style == "item"]
        if not reply.actions:
            break
        line = reply.actions[0].line
    assert len(set(seen)) == real.counts().events


# resolution


@pytest.mark.parametrize(
    "form",
    ["1718", "S/RES/1718", "S/RES/1718 (2006)", "UNSCR 1718", "https://undocs.org/S/RES/1718(2006)", "res. 1718"],
)
async def test_a_resolution_is_found_by_any_form_of_its_number(bot: Bot[Context], form: str) -> None:
    reply = await bot.handle(Request("test", command="resolution", options={"number": form}))
    assert reply.lines[0].text == (
        "The Security Council adopted Resolution 1718 (S/RES/1718 (2006)) on 14 October 2006 "
        "by 15 votes to none; China voted in favour."
    )
    assert await ask(bot, f"resolution {form}") == reply


async def test_a_draft_that_was_vetoed_is_shown_as_one(bot: Bot[Context]) -> None:
    text = (await ask(bot, "resolution S/2022/431")).text
    assert "did not adopt, because of a veto, draft S/2022/431" in text
    assert "China voted against" in text


async def test_who_held_the_seat_is_said(bot: Bot[Context]) -> None:
    text = (await ask(bot, "resolution 82")).text
    assert "9 votes to none, with 1 abstaining and 1 not voting" in text
    assert "its seat was held by the Republic of China" in text


@pytest.mark.parametrize("number", ["2371", "17180", "171"])
async def test_a_resolution_that_is_not_recorded_is_never_guessed(bot: Bot[Context], number: str) -> None:
    reply = await ask(bot, f"resolution {number}")
    assert reply.outcome == "declined"
    assert "Recorded: " in reply.text
    assert not reply.sources


async def test_resolution_as_the_first_word_of_a_question_is_a_question(bot: Bot[Context]) -> None:
    reply = await ask(bot, "resolution 1718 was vetoed by China, right?")
    assert reply.outcome == "answered"


# who


@pytest.mark.parametrize("name", ["Kim Jong Il", "kim jong-il", "KIMJONGIL", "Kim Chong-il", "金正日", "김정일"])
async def test_a_name_is_found_in_any_spelling_and_script(bot: Bot[Context], name: str) -> None:
    reply = await ask(bot, f"who {name}")
    assert reply.lines[0].text == "Kim Jong Il · 金正日 · 김정일"
    assert (await ask(bot, name)).lines == reply.lines


async def test_an_unknown_name_gives_a_choice_and_never_a_guess(bot: Bot[Context]) -> None:
    reply = await bot.handle(Request("test", command="who", options={"name": "Kim Jong Ul"}))
    assert reply.outcome == "declined"
    assert reply.text == "I know nobody and nothing of that name. Did you mean Kim Jong Il or Kim Jong Un?"
    assert [action.line for action in reply.actions] == ["who kim-jong-il", "who kim-jong-un"]


async def test_a_name_like_none_gets_no_choice(bot: Bot[Context]) -> None:
    reply = await bot.handle(Request("test", command="who", options={"name": "Bismarck"}))
    assert (reply.outcome, reply.text) == ("declined", "I know nobody and nothing of that name.")
    assert not reply.actions


async def test_a_choice_of_one_is_asked_for_as_one(bot: Bot[Context]) -> None:
    reply = await bot.handle(Request("test", command="who", options={"name": "Six Party Tolks"}))
    assert reply.text == "I know nobody and nothing of that name. Did you mean Six-Party Talks?"
    assert [action.line for action in reply.actions] == ["who six-party-talks"]


async def test_who_as_the_first_word_of_a_question_is_a_question(bot: Bot[Context]) -> None:
    reply = await ask(bot, "who sat at the six-nation table in Beijing?")
    assert reply.lines[0].text.startswith("The Six-Party Talks brought")


# sources


async def test_sources_counts_kinds_and_shows_what_rests_on_one(bot: Bot[Context]) -> None:
    assert "3 sources" in (await ask(bot, "sources")).text
    reply = await ask(bot, "sources press-2006")
    assert reply.lines[0].text == "Council votes after the test"
    assert "The first nuclear test" in reply.text
    assert reply.sources[0].url == "https://example.org/press-2006"
    assert reply.sources[1].words == "[2] Archived copy – Internet Archive, latest capture, where it has one (archive)"
    assert reply.sources[1].url == "https://web.archive.org/web/https://example.org/press-2006"
    for form in ("https://example.org/press-2006", "council votes after the test"):
        assert (await ask(bot, f"sources {form}")).text == reply.text


async def test_an_unknown_source_is_told(bot: Bot[Context]) -> None:
    reply = await bot.handle(Request("test", command="sources", options={"source": "my blog"}))
    assert reply.outcome == "declined"


# about


async def test_about_says_version_age_counts_and_what_is_stored(bot: Bot[Context]) -> None:
    from bot import __version__

    text = (await ask(bot, "about")).text
    for said in (__version__, "3 topics", "20 November 2026", "2013", "3 sources", "the words of questions"):
        assert said in text


# What holds for all of them


async def test_nothing_in_a_reply_breaks_a_limit_of_its_own(bot: Bot[Context]) -> None:
    for command in COMMANDS:
        reply = await ask(bot, command.example)
        for action in reply.actions:
            assert 1 <= len(action.label) <= LABEL_LIMIT
            assert len(action.command) + len(action.argument) <= KEY_LIMIT
        for line in reply.lines:
            assert line.text.strip()
            assert "\n" not in line.text


async def test_every_action_leads_somewhere(bot: Bot[Context]) -> None:
    for command in COMMANDS:
        for action in (await ask(bot, command.example)).actions:
            assert (await ask(bot, action.line)).outcome == "answered"


@pytest.mark.parametrize("typed", ["", "kim", "1718", "中国", "zzzz"])
async def test_suggestions_can_be_sent_back(bot: Bot[Context], typed: str) -> None:
    for command in COMMANDS:
        for option in command.options:
            for suggestion in await bot.suggest(command.name, option.name, typed):
                assert 1 <= len(suggestion.label) <= SUGGESTION_LIMIT
                assert 1 <= len(suggestion.value) <= SUGGESTION_LIMIT
                reply = await bot.handle(Request("test", command=command.name, options={option.name: suggestion.value}))
                assert reply.outcome == "answered", (command.name, suggestion)
