"""What other apps know about people that a preview of the roster should say."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """“a station lead”, “station leads”, and how many of the people with these primary keys are one."""

    one: str
    many: str
    count: Callable[[list[int]], int]


_leavers: list[Fact] = []


def register_about_leavers(one: str, many: str, count: Callable[[list[int]], int]) -> None:
    """Have previews say how many of those who leave are `one`; call it in `AppConfig.ready()`."""
    _leavers.append(Fact(one, many, count))


def about_leavers() -> list[Fact]:
    """The registered facts, in the order in which they came."""
    return list(_leavers)
