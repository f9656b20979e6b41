"""timeline: what happened, between two dates or about a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.answers import to_reply
from bot.commands.command import Command, Option
from bot.commands.who import suggest as suggest_names
from bot.context import Context
from bot.errors import UsageError, quoted
from bot.reply import Action, Line, Reply, Suggestion
from knowledge.dates import PartialDate, typed_dates
from knowledge.language import ASKING, NAME
from knowledge.model import Event
from knowledge.names import PAIR

PAGE = 8  # events of one reply

_HAPPENING = {"happen", "event", "occur", "timelin", "chronolog", "year", "month"}  # stems
_OPENING = {"since", "from", "after"}  # before a date with nothing after it: open to the present
_CLOSING = {"until", "till", "before", "to"}
_RECENTLY = {" yesterday ": 1, " this week ": 0, " last week ": 7, " this month ": 0, " last month ": 30}  # days ago
_JOINING = _OPENING | _CLOSING | {"between", "and", "about", "of", "for", "on", "in", "-"}


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """The events asked for, oldest first, a page at a time."""
    since, until = _date(options, "from"), _date(options, "until")
    if since and until and until.last < since.first:
        raise UsageError(f"{until} comes before {since}. Give the earlier date first: timeline 2006 2009")
    name = options.get("about", "").strip()
    about = context.knowledge.find_entity(name) if name else None
    if name and not about:
        raise UsageError(f"I know nobody and nothing called {quoted(name)}. Try a full name: timeline Six-Party Talks")
    events = context.knowledge.events(since, until, about)
    scope = _scope(context, since, until, about)
    if not events:
        lead = f"I have no event{scope}. The record reaches {context.knowledge.reaches()}."
        return Reply((Line(lead),), outcome="declined")
    return _page(context, events, scope, options)


def _page(context: Context, events: Sequence[Event], scope: str, options: Mapping[str, str]) -> Reply:
    page, pages = _number(options.get("page", "1")), -(-len(events) // PAGE)
    if not 1 <= page <= pages:
        raise UsageError(f"There is no page {page}; this timeline has {pages}.")
    listed = to_reply(context.knowledge.timeline(events[(page - 1) * PAGE : page * PAGE]))
    lead = f"{len(events)} event{'s' if len(events) != 1 else ''}{scope}"
    if pages > 1:
        lead += f", page {page} of {pages}"
    more = _next(options, page + 1) if page < pages else None
    reach = Line(f"The record reaches {context.knowledge.reaches()}.", style="quiet")
    return replace(listed, lines=(Line(f"{lead}:"), *listed.lines, reach), actions=(more,) if more else (), more=more)


def _next(options: Mapping[str, str], page: int) -> Action:
    """The same timeline, a page on, as a typed line."""
    since, until, about = (options.get(name, "") for name in ("from", "until", "about"))
    words = ("since" if since and not until else "", since, "until" if until and not since else "", until, about)
    return Action(f"Later events, page {page}", "timeline", " ".join(filter(None, (*words, f"page {page}"))))


def _number(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 4:
        raise UsageError(f"{quoted(text)} is not a page. Write a number from 1.")
    return int(text)


def _scope(context: Context, since: PartialDate | None, until: PartialDate | None, about: str | None) -> str:
    words = f" about {context.knowledge.content.entities[about].name}" if about else ""
    if since and until:
        return words + (f" in {since}" if since == until else f" from {since} to {until}")
    return words + (f" since {since}" if since else "") + (f" until {until}" if until else "")


def _date(options: Mapping[str, str], option: str) -> PartialDate | None:
    text = options.get(option, "").strip()
    if not text:
        return None
    dates, rest = typed_dates(text)
    if len(dates) != 1 or rest:
        raise UsageError(f"{quoted(text)} is not a date I can read. Write 2006, 2006-10 or 9 October 2006.")
    return dates[0]


def read(context: Context, line: str) -> Mapping[str, str] | None:
    """``2006 2009 Six-Party Talks``: up to two dates and a name, in any order; one date means that span alone.

    None where the rest is no name that is known: then it is a question.
    """
    line, page = _page_in(line)
    dates, rest = typed_dates(line)
    words = rest.split()
    joining = {word.casefold() for word in words if word.casefold() in _JOINING}
    name = " ".join(word for word in words if word.casefold() not in _JOINING)
    if len(dates) > 2 or (name and not context.knowledge.find_entity(name)):
        return None
    options = page | ({"about": name} if name else {})
    if len(dates) == 1 and joining & _CLOSING:
        return options | {"until": dates[0].iso}
    if len(dates) == 1 and joining & _OPENING:
        return options | {"from": dates[0].iso}
    return options | ({"from": dates[0].iso, "until": dates[-1].iso} if dates else {})


def beyond(context: Context, question: str, today: date) -> PartialDate | None:
    """The date in a question all of which lies after the record ends; None where there is no such date.

    A date to come is left alone: “does the treaty run until 2041?” can be answered. So is the number of a
    resolution.
    """
    dates, rest = typed_dates(question)
    dates = tuple(when for when in dates if str(when.year) not in context.knowledge.content.resolutions)
    dates += tuple(_ago(words, today) for words in _RECENTLY if words in f" {rest.casefold().rstrip('?!. ')} ")
    reaches = context.knowledge.reaches()
    if not dates or not reaches or min(when.first for when in dates) <= reaches.last:
        return None
    first = min(dates, key=lambda when: when.first)
    return first if first.first <= today else None


def _ago(words: str, today: date) -> PartialDate:
    day = today - timedelta(days=_RECENTLY[words])
    return PartialDate(day.year, day.month, None if "month" in words else day.day)


def asked_in(context: Context, question: str) -> Mapping[str, str] | None:
    """What a question that asks for nothing but a time, or a name at a time, asks of the timeline.

    “What happened in October 2006?” and “Kim Jong Il 2011” do; “Why did China vote for sanctions in 2006?” does
    not, nor does the number of a resolution that could be a year to come.
    """
    dates, rest = typed_dates(question)
    if not 1 <= len(dates) <= 2 or max(when.first for when in dates) > date.today():  # noqa: DTZ011
        return None
    query = context.knowledge.query(rest)
    names = [name for name in query.names if name not in PAIR]
    words = {word for word in query.terms if not word.startswith(NAME)} - _HAPPENING
    if words or len(names) > 1 or ASKING + "why" in query.asks:
        return None
    about = {"about": context.knowledge.content.entities[names[0]].name} if names else {}
    return {"from": dates[0].iso, "until": dates[-1].iso, **about}


def _page_in(line: str) -> tuple[str, dict[str, str]]:
    """The line without its page, and the page as an option."""
    match = re.search(r"\bpage (\d+)$", line)
    return (line[: match.start()].rstrip(), {"page": match[1]}) if match else (line, {})


def suggest(context: Context, typed: str) -> tuple[Suggestion, ...]:
    """Names that have events and contain what is being typed."""
    return tuple(
        each
        for each in suggest_names(context, typed)
        if context.knowledge.events(about=context.knowledge.find_entity(each.value))
    )


COMMAND = Command(
    name="timeline",
    help="List events between two dates, or about a name",
    example="timeline 2006 2009 Six-Party Talks",
    options=(
        Option("from", "First date: 2006, 2006-10 or 9 October 2006"),
        Option("until", "Last date"),
        Option("about", "A person, place, organisation, treaty or forum", suggest=suggest),
        Option("page", "Which page of a long timeline, from 1"),
    ),
    handle=handle,
    read=read,
)
