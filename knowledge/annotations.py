"""What the annotations of the model say, taken apart: for those who decode, compile and publish its records."""

from __future__ import annotations

import types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin


@cache
def unwrap(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Strip Annotated and Optional: the bare type, and what was said about it (Limits, Patterns, meanings)."""
    said: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            said += tuple(more)
        elif get_origin(annotation) in (Union, types.UnionType):
            (annotation,) = (each for each in get_args(annotation) if each is not type(None))
        else:
            return annotation, said
