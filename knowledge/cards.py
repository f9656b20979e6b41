"""A record -> the parts of an answer that shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from knowledge.answer import Part
from knowledge.model import Dispute, Entity, Event, Figure, Life, Office, Resolution, Series, Source, Statement, Topic

RECENT = 3  # years of a series shown when none was asked for

_VOTED = {"for": "voted in favour", "against": "voted against", "abstained": "abstained", "absent": "was absent"}
_OUTCOME = {"adopted": "adopted", "vetoed": "did not adopt, because of a veto,", "failed": "did not adopt"}


def part(statement: Statement) -> Part:
    """A statement as it stands."""
    return Part(statement.text, statement.cites, as_of=statement.as_of)


def dispute(dispute: Dispute) -> list[Part]:
    """The claims side by side, after what they differ on and before what may explain it."""
    claims = [Part(claim.text, claim.cites, "claim", claim.as_of) for claim in dispute.claims]
    why = [Part(dispute.why, role="why")] if dispute.why else []
    return [Part(dispute.matter, role="matter"), *claims, *why]


def disputed(matters: Sequence[str]) -> list[Part]:
    """A note that there are disputes which are not shown, and how to see them; nothing where there are none."""
    return [Part(f"Sources differ: {'; '.join(matters)}. “More” shows the sides.", role="note")] if matters else []


def topic(topic: Topic, start: int, most: int) -> list[Part]:
    """A topic in its own order, ``most`` statements from place ``start`` on, its disputes after the last of them.

    Its corrections are left out: they only answer those who need them.
    """
    said = topic.answer + topic.more
    parts = [Part(f"{topic.title}, continued" if start else topic.title, role="heading")]
    parts += map(part, said[start : start + most])
    for each in topic.disputes if start + most >= len(said) else ():
        parts += dispute(each)
    return parts


def event(event: Event) -> Part:
    """An event with its date in front."""
    when = f"{event.date} to {event.until}" if event.until else str(event.date)
    return Part(f"{when}: {event.text}", event.cites, "item", event.until or event.date)


def events(events: Iterable[Event]) -> list[Part]:
    """Events as a list, in the order given, each with the best of its sources: a long list stays short."""
    return [replace(part, cites=part.cites[:1], as_of=None) for part in map(event, events)]


def entity(entity: Entity) -> list[Part]:
    """Who or what it is, under its name in every script."""
    scripts = " · ".join(entity.names.zh + entity.names.ko)
    parts = [Part(f"{entity.name} · {scripts}" if scripts else entity.name, role="heading")]
    parts += map(part, entity.about)
    if entity.life:
        parts.append(_life(entity.life))
    parts += map(_office, entity.offices)
    if entity.names.en[1:]:
        parts.append(Part(f"Also written {', '.join(entity.names.en[1:])}.", role="note"))
    return parts


def _life(life: Life) -> Part:
    said = [f"{what} {when}" for what, when in (("Born", life.born), ("Died", life.died)) if when]
    return Part(f"{'. '.join(said)}.", life.cites, "item")  # dated in its own words


def _office(office: Office) -> Part:
    if office.since and office.until:
        span = f"{office.since} to {office.until}"
    else:
        ends = (("from", office.since), ("until", office.until))
        known = [f"{word} {when}" for word, when in ends if when]
        held = [f"in office {'on' if office.held.day else 'in'} {office.held}"] if office.held else []
        span = ", ".join(known + held)
    return Part(f"{office.title}, {span}.", office.cites, "item", office.last)


def resolution(resolution: Resolution, *, contents: bool = False) -> list[Part]:
    """The vote, what set it off, what it decided, how China explained itself; or what it decided, then the vote."""
    when, cites = resolution.adopted, resolution.cites
    what = "Resolution" if resolution.outcome == "adopted" else "draft"
    name = f"{what} {resolution.id} ({resolution.symbol})" if what == "Resolution" else f"{what} {resolution.symbol}"
    vote = (
        f"The Security Council {_OUTCOME[resolution.outcome]} {name} on {when} by {_tally(resolution)}; "
        f"China {_VOTED[resolution.china]}{_seat(resolution)}."
    )
    voted = [Part(vote, cites, as_of=when), Part(f"What set it off: {resolution.trigger}.", cites, as_of=when)]
    decided = [Part(measure, cites, "item", when) for measure in resolution.measures]
    if contents:
        heading = Part(f"{name[0].upper()}{name[1:]}, {when}:", role="heading")
        return [heading, *decided, *voted]
    return [*voted, *decided, *map(part, resolution.explained)]


def _tally(resolution: Resolution) -> str:
    votes = resolution.votes
    tally = f"{votes.in_favour} votes to {votes.against or 'none'}"
    if votes.abstained:
        tally += f", with {votes.abstained} abstaining"
    return tally + (f" and {votes.absent} not voting" if votes.absent else "")


def decisions(resolutions: Sequence[Resolution], most: int) -> list[Part]:
    """Decisions of the Security Council as a list, in the order given; the first ``most`` of them."""
    first, last = resolutions[0].adopted.year, resolutions[-1].adopted.year
    when = f"in {first}" if first == last else f"from {first} to {last}"
    return [
        Part(
            f"Security Council decisions on North Korea {when}, as far as recorded: {len(resolutions)}.", role="heading"
        ),
        *(
            Part(f"{each.adopted}: {_decision(each)}", each.cites[:1], "item", each.adopted)
            for each in resolutions[:most]
        ),
    ]


def _decision(resolution: Resolution) -> str:
    outcome = {"adopted": "adopted", "vetoed": "vetoed", "failed": "not adopted"}[resolution.outcome]
    voted = f"China {_VOTED[resolution.china]}{_seat(resolution)}."
    return f"{resolution.name}, {outcome} by {_tally(resolution)}. {voted}"


def _seat(resolution: Resolution) -> str:
    return " (its seat was held by the Republic of China)" if resolution.seat == "roc" else ""


def holders(held: Iterable[tuple[Office, Entity]]) -> list[Part]:
    """Who held an office, each with the span."""
    parts = ((_office(office), entity) for office, entity in held)
    return [replace(part, text=f"{entity.name}: {part.text}", role="statement") for part, entity in parts]


def figures(series: Series, years: Collection[int] = (), most: int = RECENT) -> list[Part]:
    """The values of these years, or of the latest ones where none of them is there: every reporter side by side for a
    year or two, for more of them one a year, the ``most`` latest."""
    have = sorted({figure.year.year for figure in series.figures})
    chosen = [year for year in have if year in years][-most:] or have[-RECENT:]
    rows = [
        figure for figure in sorted(series.figures, key=lambda figure: figure.year.first) if figure.year.year in chosen
    ]
    if len(chosen) > RECENT:
        rows = [next(row for row in rows if row.year.year == year) for year in chosen]
    return [_first_figure(series, rows[0]), *map(_figure, rows[1:])]


def _first_figure(series: Series, figure: Figure) -> Part:
    """The first value in a sentence that says what is counted, and in what."""
    currency, _, scale = series.unit.partition(" ")
    amount = f"{figure.value:,.10g} {series.unit}"
    if currency.isupper():
        amount = f"{currency} {figure.value:,.10g} {scale}"
    note = f"; {figure.note}" if figure.note else ""
    text = f"{series.title}: {amount} in {figure.year}, counted by {figure.reporter}{note}."
    return Part(text, figure.cites, as_of=figure.year)


def _figure(figure: Figure) -> Part:
    note = f"; {figure.note}" if figure.note else ""
    text = f"{figure.year}: {figure.value:,.10g}, counted by {figure.reporter}{note}."
    return Part(text, figure.cites, "item", figure.year)


def source(source: Source) -> list[Part]:
    """A source and what a reader should know of it."""
    parts = [Part(source.title, (source.id,), "heading")]
    if source.authors:
        parts.append(Part(f"By {', '.join(source.authors)}.", role="note"))
    return parts + ([Part(source.note, role="note")] if source.note else [])
