"""What a text may hold of a person, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    """The closed list of kinds, in the order in which a reader is told of them."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PAPER = "paper"  # a passport, a file: a number that stands for somebody
    BIRTHDATE = "birthdate"
    OTHER = "other"  # an account, a number plate


@dataclass(frozen=True, slots=True)
class PersonalDetail:
    """A detail of a person: characters start to end of a text, half-open."""

    start: int
    end: int
    kind: Personal
