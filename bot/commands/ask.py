"""ask: a question in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz, process, utils

from bot.answers import to_action, to_reply
from bot.commands import help as help_command
from bot.commands import timeline
from bot.commands.command import Command, Option
from bot.commands.who import choose, either
from bot.context import Context
from bot.reply import SUGGESTION_LIMIT, Line, Reply, Suggestion
from knowledge.answer import Answer

ALIKE = 60.0  # least likeness, 0 to 100, of a wording that is suggested
NO_ANSWER = "I have no sourced answer to that. I only answer questions about relations between China and North Korea."


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """Answer the question, or say that nothing with a source does; words that ask for nothing get the help instead."""
    question = options["question"]
    if when := timeline.beyond(context, question, date.today()):  # noqa: DTZ011  # the record ends months before
        context.gaps.record(question)
        lead = f"The record reaches {context.knowledge.reaches()}. I know nothing of {when}."
        return Reply((Line(lead),), actions=(help_command.BROWSE,), outcome="declined")
    asked = timeline.asked_in(context, question)
    events = timeline.handle(context, asked) if asked else None
    if events and events.outcome == "answered":
        return events
    query = context.knowledge.query(question)
    if not query.terms:
        return replace(help_command.handle(context, {}), outcome="declined")
    answer = context.knowledge.answer(question)
    if not answer.declined:
        return to_reply(answer)
    if answer.choice and answer.choice[0].kind == "entity":
        lead = "That could be several. " if len(answer.choice) > 1 else ""
        return choose(lead + either(answer.choice), answer.choice)
    context.gaps.record(question)
    return events or _decline(answer)


def _decline(answer: Answer) -> Reply:
    if answer.choice:
        return choose("I am not sure what you ask for. Is it one of these?", answer.choice)
    near = tuple(action for action in map(to_action, answer.related) if action)
    if not near:
        return Reply((Line(NO_ANSWER),), actions=(help_command.BROWSE,), outcome="declined")
    titles = "; ".join(subject.title for subject in answer.related)
    return Reply((Line(NO_ANSWER), Line(f"Nearest topics: {titles}.", style="quiet")), actions=near, outcome="declined")


def suggest(context: Context, typed: str) -> tuple[Suggestion, ...]:
    """Wordings that resemble what is being typed; the first of each topic before anything is."""
    topics = context.knowledge.content.topics.values()
    if not typed.strip():
        found = [topic.questions[0] for topic in topics]
    else:
        every = [wording for topic in topics for wording in topic.questions]
        found = [
            each[0]
            for each in process.extract(
                typed,
                every,
                scorer=fuzz.partial_token_set_ratio,
                processor=utils.default_process,
                score_cutoff=ALIKE,
                limit=25,
            )
        ]
    return tuple(Suggestion(each, each) for each in found if len(each) <= SUGGESTION_LIMIT)


COMMAND = Command(
    name="ask",
    help="Ask about relations between China and North Korea",
    example="ask Why does China support North Korea?",
    options=(Option("question", "Your question, in plain words", required=True, suggest=suggest),),
    handle=handle,
    read=lambda context, line: {"question": line},
)
