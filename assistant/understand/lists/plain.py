"""Words of which a question about lists is made, and that say nothing of a programme."""

from __future__ import annotations

import re

_NAMES = """
    awareness raising raise awareness-raising campaign campaigns livelihood livelihoods legal framework
    think answer first forget itself whether help helps tell show sure worked check better usually give gives
    avoid does not starts begins begin
    frameworks criminal justice capacity identification referral support durable solutions solution national
    plan plans action activity activities toolkit icat programme programmes program programs project projects
    work section design designing plan planning our new an a the that this it its for of on about in to and or
    with we us i you they is are do does be should could would can will working works succeeded success impact
    results result progress effect effects good use used please trafficking anti-trafficking anti human
    counter-trafficking persons start starting running run one some any all those these them well going
    indicator indicators question questions lesson lessons learned learnt measure measured measuring outcome
    outcomes output outputs level levels ones before when not only just each both other by such area field
    type types part general there have has had having how what which one's your my his her ourselves make made
    also everything every each any seven types three
"""
_BARE = frozenset(_NAMES.split())
MIN_LETTERS = 3


def says_something(piece: str) -> bool:
    """Whether a piece holds a word that is not part of the name of an activity type."""
    words = re.findall(r"[^\W\d_][\w'’-]*", piece.lower())
    return any(word not in _BARE and (len(word) >= MIN_LETTERS or not word.isascii()) for word in words)
