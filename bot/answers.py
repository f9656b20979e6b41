"""Answer -> Reply: the one place where what is known gets its words for a chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.reply import KEY_LIMIT, LABEL_LIMIT, Action, Line, Reply, SourceLine, Style, shortened
from knowledge.answer import Answer, Citation, Part, Role, Subject
from knowledge.model import KIND_LABELS, Changes

STYLES: dict[Role, Style] = {
    "heading": "heading",
    "correction": "body",
    "statement": "body",
    "item": "item",
    "matter": "body",
    "claim": "item",
    "why": "quiet",
    "note": "quiet",
}
LEADS: dict[Role, str] = {"matter": "Sources differ: ", "why": "What may explain it: "}
ASKS = {"topic": "topics", "entity": "who", "resolution": "resolution"}  # kind of subject -> its command

STALE_AFTER: dict[Changes, int] = {"slowly": 10, "office-holder": 1, "figures": 2, "ongoing": 1}  # years


def to_reply(answer: Answer, today: date | None = None) -> Reply:
    """Say an answer that has parts, as one does on this day."""
    lines = tuple(_line(answer, part) for part in answer.parts)
    more = _more(answer)
    age = _age(answer, today or date.today())  # noqa: DTZ011  # years matter here, not hours
    return Reply(
        lines=(*lines, Line(age, style="quiet")) if age else lines,
        sources=tuple(map(_source, answer.citations)),
        actions=tuple(action for action in (more, *map(to_action, answer.related)) if action),
        more=more,
        about=to_action(answer.subject) if answer.subject else None,
    )


def _more(answer: Answer) -> Action | None:
    """What brings the rest; the whole, where the answer did not begin at the beginning."""
    if not answer.subject or not answer.left:
        return None
    action = to_action(answer.subject, f"More: {answer.subject.title}")
    if not action or not answer.shown:
        return action
    return replace(action, argument=f"{action.argument} from {answer.shown + 1}")


def _line(answer: Answer, part: Part) -> Line:
    text = LEADS.get(part.role, "") + part.text
    if part.role == "matter" and text[-1] not in ".?!":
        text += "."
    return Line(text, answer.numbers(part), STYLES[part.role])


def _source(citation: Citation) -> SourceLine:
    source = citation.source
    kind = KIND_LABELS[source.kind]
    return SourceLine(citation.number, source.title, source.publisher, str(source.published), kind, source.url)


def _age(answer: Answer, today: date) -> str:
    """How old the answer is, what it rests on, and whether its age matters; nothing where no part of it is dated."""
    if not answer.as_of:
        return ""
    oldest, newest = answer.as_of
    words = f"As of {newest}." if newest.first <= oldest.first else f"As of {oldest} to {newest}."
    words += f" {_kinds(answer)}."
    if answer.reviewed:
        words += f" Reviewed {answer.reviewed.on}."
        years = (today - newest.last).days / 365.25
        if years > STALE_AFTER[answer.reviewed.changes]:
            words += " Much may have changed since."
    return words


def _kinds(answer: Answer) -> str:
    """How many sources there are, and of which kinds, in the order they are cited: ``3 sources: news, think tank``."""
    count = len(answer.citations)
    kinds = dict.fromkeys(KIND_LABELS[citation.source.kind] for citation in answer.citations)
    return f"{count} source{'s' if count != 1 else ''}: {', '.join(kinds)}"


def to_action(subject: Subject, label: str = "") -> Action | None:
    """A thing to press that shows the subject; None for a kind of subject that has no command of its own."""
    command = ASKS.get(subject.kind)
    if not command or len(command) + len(subject.id) > KEY_LIMIT:
        return None
    return Action(shortened(label or subject.title, LABEL_LIMIT), command, subject.id)
