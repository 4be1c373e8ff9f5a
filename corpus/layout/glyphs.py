"""What a reader hands to the layout: the characters of a page with their places. Pure data, no PDF library."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Font:
    """What the layout needs to know of a font."""

    name: str = ""
    bold: bool = False
    symbolic: bool = False  # Wingdings and its like: letters in it are pictures

    @property
    def family(self) -> str:
        """The name without subset mark, weight and slope: "ABCDEF+MinionPro-Bold" -> "MinionPro"."""
        return re.split(r"[-,]", self.name.split("+")[-1])[0]


@dataclass(frozen=True, slots=True, eq=False)
class PageChars:
    """The n characters of one page in pdfium's order; arrays have n entries, lengths are displayed points.

    `drawn` is False for what pdfium adds itself (spaces between words, line ends): it stands nowhere.
    `angle` is the direction of writing in quarter turns clockwise from left to right.
    """

    number: int  # PDF page, from 1
    width: float
    height: float
    codes: np.ndarray  # uint32, code points
    boxes: np.ndarray  # (n, 4) float64: left, top, right, bottom, with the origin at the top left
    baseline: np.ndarray  # float64, y of the baseline (x for text that runs up or down)
    size: np.ndarray  # float64, font size as displayed
    drawn: np.ndarray  # bool
    angle: np.ndarray  # int8
    font: np.ndarray  # int32, index into fonts
    fonts: tuple[Font, ...]
    unmapped: float  # share of drawn characters whose font names no Unicode value
    invisible: bool  # most of the text is a layer under a scan
    objects: int  # page objects, text or not: 0 is an empty page
