"""Sentences are whole: abbreviations, numbers, brackets and lists do not cut them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences

WHOLE = {  # a bar stands between two sentences
    "en": [
        "Under Art. 5 of the Protocol, States must act. | See No. 12 and para. 3 of the report.",
        "It cost U.S. $3.5 million. | The U.S. Government agreed. | E.g. this one, i.e. another.",
        "Mr. Smith et al. agreed with Ms. J. Doe. | They left at 5 p.m. on Monday.",
        "12. The Committee notes this. | 13. The Committee regrets that.",
        "Article 5. Every person is free. | Section 2.1. The rules apply.",
        "States shall: (a) prevent harm; (b) protect people. | Then they report.",
        "He said: “Stop it now.” | Then he left (see A/RES/61/180). | Is it so? | Yes!",
        "“Why?” he asked. | The Harpes' crimes are known. | The States' duty is clear. | Victims’ rights matter.",
        "No… Maybe... we will see. | See p. 12 and pp. 13–15. | Vol. 3, No. 4, Sect. 2. | Fig. 3 shows it.",
        "Statement with a footnote.12 | The next sentence. | Another one.[3] | Then this.",
        "See No.12 of the list. | (Emphasis added.) | The rest follows (it has a stop. Inside.) and ends.",
        "It ends in the U.S. | The next begins. | Camps, shelters etc. | In 2015 it changed.",
        "See http://www.example.org/foo.html for more. | Next. | The rate was 3.5 per cent.",
        "The sentence 😀 has a face. | The next has none.",
    ],
    "fr": ["Voir l'art. 5 du Protocole. | M. Dupont a dit : « Oui. » | Le no. 12 est là, p. ex. ici."],
    "es": ["El Sr. Pérez vio el art. 5. | ¿Qué es? | ¡Sí! | EE.UU. firmó el tratado."],
    "ru": ["Ст. 5 Протокола. | В 2015 г. было 12 тыс. жертв, т.е. больше. | См. п. 3 резолюции."],
    "ar": ["هل يمكن ذلك؟ | نعم، يمكن. | تلتزم الدول بذلك؛ وتعمل."],
}


@pytest.mark.parametrize(
    ("language", "marked"), [(language, text) for language, texts in WHOLE.items() for text in texts]
)
def test_sentences_are_whole(language: str, marked: str):
    wanted = marked.split(" | ")
    text = " ".join(wanted)
    assert [text[start:end] for start, end in sentences(text, language)] == wanted


def test_chinese_needs_no_spaces():
    text = "人人生而自由。他们赋有理性和良心！好吗？"
    assert [text[start:end] for start, end in sentences(text, "zh")] == [
        "人人生而自由。",
        "他们赋有理性和良心！",
        "好吗？",
    ]


def test_a_line_break_ends_a_sentence_and_white_space_belongs_to_none():
    assert sentences("  One line\n\n second line.  Third. \n", "en") == [(2, 10), (13, 25), (27, 33)]


def test_a_long_quotation_is_cut_inside():
    quoted = " ".join(f"Sentence number {n} of the law says what has to be done." for n in range(5))
    text = f"It says: “{quoted}” Then it ends."
    assert len(sentences(text, "en")) == 6


def test_an_unknown_language_is_read_like_english():
    assert sentences("See p. 3. Then act.", "xx") == sentences("See p. 3. Then act.") == [(0, 9), (10, 19)]


@given(st.text(alphabet=st.sampled_from("aB1. \n!?()[]“”'\"«»;:,。？؟ أбЯ-•’"), max_size=80))
def test_spans_are_in_order_and_leave_out_only_white_space(text: str):
    spans = sentences(text, "en")
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    inside = {i for start, end in spans for i in range(start, end)}
    assert all(i in inside or text[i].isspace() for i in range(len(text)))
