"""An answer as blocks: what is shown of it, in which order, in which words. Every format renders the same. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.settings import Contact
from assistant.show import words
from assistant.show.blocks import Block, Button, Does, Group, Heading, Meanings, Named, Pairs, Paragraph, Role
from assistant.show.draft import draft_blocks
from assistant.show.lists import listing_blocks, table_of
from assistant.show.recheck import NO_DRIFTS, Drifts, changed_line
from assistant.show.statements import differences, extract_of, nearest, sentence, sources, withheld
from assistant.show.words import messages, printable, say
from assistant.texts.catalogue import LANGUAGES, _, language_name, replying, speaking
from assistant.types import Act, Answer, Covered, Drafting, Form, Outcome, Request, Status, Tier, Usage

ENDED = (Status.URGENT, Status.REFUSED, Status.OUT_OF_SCOPE, Status.ASKED_BACK)  # before anything was looked up
SURE = (Act.DANGER, Act.HARM)  # beside them stand the operator's contacts, and nothing else is offered
REFUSED = (Act.HARM, Act.OFF_TOPIC)
WHOLE_FROM = 0.98  # margin of danger from which all of the help stands above an answer
ABOVE_FROM = 0.5  # from which these of its paragraphs do: what to do now, who else helps. Below, one line does
ABOVE = (0, 2)
PROMPT_DIGITS = 8  # of the prompt's digest: enough to tell versions of one file apart


def outline(answer: Answer, contacts: Sequence[Contact] = (), drifts: Drifts = NO_DRIFTS) -> tuple[Block, ...]:
    """The blocks of an answer. `drifts`: what became of its quotes since it was given."""
    noticed = (answer.notice, _foreign(answer), changed_line(answer, drifts))
    remarks = zip((Role.NOTICE, Role.NOTICE, Role.CHANGED), noticed, strict=True)
    ended = answer.told or answer.status in ENDED
    body = _told(answer, contacts) if ended else _answered(answer, drifts)
    after = _after_help(answer, drifts) if answer.status is Status.URGENT and answer.statements else ()
    return (*(Paragraph(role, text) for role, text in remarks if text), *body, *after)


def said_beside(answer: Answer, contacts: Sequence[Contact] = ()) -> tuple[str, ...]:
    """What is said of an answer beside its statements: notices, how it ended, help, an operator's contacts."""
    return tuple(block.text for block in outline(answer, contacts) if isinstance(block, Paragraph))


def _foreign(answer: Answer) -> str:
    """That what is quoted is in other languages than the question, said in the language of the question."""
    asked = answer.request.language
    if words.is_written(answer) or answer.request.slots.answer_language:  # which is said already
        return ""
    quoted = {quote.label for statement in answer.statements for quote in statement.quotes}
    found = {code for label in quoted if (known := words.labelled(answer, label)) for code in known.languages}
    if not found or asked in found or asked not in LANGUAGES:
        return ""
    with speaking(asked):
        return say("foreign", languages=words.joined(sorted(map(language_name, found))))


def _told(answer: Answer, contacts: Sequence[Contact]) -> Iterator[Block]:
    """What is said instead of an answer from the publications, in the project's own words."""
    if answer.status in ENDED:
        yield Paragraph(Role.STATUS, say(f"status.{answer.status}"))
    told = answer.told or refusal_words(answer.request.act, answer.request.language)
    below = _below(answer)
    for place, paragraph in enumerate(told):
        if place not in below:
            yield Paragraph(Role.REMARK, paragraph)
    if answer.request.act is not Act.DANGER:  # a refusal may be wrong, and nothing published helps to exploit
        yield from _meanings(answer)
    if contacts and answer.request.act in SURE:
        yield Paragraph(Role.CONTACT, say("contacts"))
        for each in contacts:
            line = say("contact_region" if each.region else "contact", **each.model_dump())
            yield Paragraph(Role.CONTACT, line)


def refusal_words(act: Act, language: str = "en") -> tuple[str, ...]:
    """The paragraphs shown instead of an answer, in the language of what was asked; for danger in English as well.

    () for an act that is answered.
    """
    if act is Act.DANGER:
        first = f"urgent.{language}" if language in messages()["urgent"] else "urgent.en"
        keys = tuple(dict.fromkeys((first, "urgent.en")))
    else:
        keys = (f"refusal.{act}",) if act in REFUSED else ()
    saved = _("Saved")  # the button, as the page names it
    with replying(language):
        return tuple(paragraph for key in keys for paragraph in say(key, saved=saved).splitlines() if paragraph)


def _after_help(answer: Answer, drifts: Drifts) -> Iterator[Block]:
    """What a message that may come from somebody in danger finds in the publications, should it be for their work."""
    lead = Paragraph(Role.STATUS, say("after_help"))
    yield Group(Role.BESIDE, (lead, *_tier(answer), *_statements(answer, drifts)))
    yield from sources(answer)
    help_ = refusal_words(answer.request.act, answer.request.language)
    for place in _below(answer):
        yield Paragraph(Role.REMARK, help_[place])


def _below(answer: Answer) -> list[int]:
    """The paragraphs of help that stand below an answer; () where there is none, or somebody surely is in danger."""
    margin = answer.request.margin
    if answer.status is not Status.URGENT or not answer.statements or margin >= WHOLE_FROM:
        return []
    told = refusal_words(answer.request.act, answer.request.language)
    return [place for place in range(len(told)) if margin < ABOVE_FROM or place not in ABOVE]


def _answered(answer: Answer, drifts: Drifts) -> Iterator[Block]:
    if answer.listing is None or answer.unknown_labels:  # a list says itself what was understood, and how much there is
        yield from _status(answer)
    yield from _meanings(answer)
    if answer.form is Form.TABLE and answer.statements:
        yield from listing_blocks(answer, drifts, in_full=False)
        yield table_of(answer, drifts)
    elif answer.listing is not None:
        open_part = tuple(_statements(answer, drifts))
        lead = Heading(Role.LIST, say("beside"))
        beside = (Group(Role.BESIDE, (lead, *_tier(answer), *open_part)),) if open_part else ()
        yield from listing_blocks(answer, drifts, beside=beside)
    elif answer.draft is not None:
        yield from draft_blocks(answer, drifts)
    else:
        yield from _statements(answer, drifts)
    yield from withheld(answer)
    yield from differences(answer)
    if shows_coverage(answer):
        covered = "covered" if words.is_written(answer) else "covered_by_extracts"
        parts = ((words.part_lead(each.part), say(f"{covered}.{each.covered}")) for each in answer.coverage)
        yield Pairs(Role.COVERAGE, tuple(parts))
    yield from sources(answer)
    yield from nearest(answer)
    if line := model_line(answer):
        yield Paragraph(Role.MODEL, line)
    if answer.next and answer.listing is None:
        yield Group(Role.SUGGESTIONS, tuple(Button(Does.NEXT, printable(question)) for question in answer.next))


def _meanings(answer: Answer) -> Iterator[Meanings]:
    if answer.request.choices:
        yield Meanings(answer.request.choices, asked=answer.status is Status.ASKED_BACK)


def _tier(answer: Answer) -> Iterator[Paragraph]:
    """Of what stands beside a list: whether it surely answers. The status of the whole does not say it."""
    if answer.tier is Tier.MAY_ANSWER:
        yield Paragraph(Role.STATUS, say(f"status.{Status.CLOSEST}"))


def _status(answer: Answer) -> Iterator[Paragraph]:
    request = answer.request
    yield Paragraph(Role.UNDERSTOOD, say("understood", asked=_read_as(request)))
    empty_list = answer.status is Status.NO_EVIDENCE and request.act is Act.LIST  # its notice says why
    if answer.status is not Status.ANSWERED and not empty_list:
        yield Paragraph(Role.STATUS, say(f"status.{answer.status}"))
    if answer.unknown_labels:
        labels = " ".join(f"[{label}]" for label in answer.unknown_labels)
        yield Paragraph(Role.WARNING, say("unknown_labels", labels=labels))
    if answer.status is Status.NO_EVIDENCE:
        if answer.request.filters:
            yield Paragraph(Role.HINT, say("filtered"))
        yield Paragraph(Role.SAFETY, say("safety"))


def _read_as(request: Request) -> str:
    """'a question to the publications: Why is there demand?'; of a list, which."""
    if request.act is Act.LIST and request.wanted:
        return words.understood(request.wanted, fitted=False)
    act = say(f"act.{request.act}")
    return act if request.stand_alone == request.asked else say("reads", act=act, asked=request.stand_alone)


def _statements(answer: Answer, drifts: Drifts) -> Iterator[Block]:
    """Those of no list: in runs of one publication, or as a language model wrote them."""
    listed = len(answer.listing.items) if answer.listing else 0
    publications = {passage.publication.id: passage.publication for passage in answer.evidence.passages}
    written = words.is_written(answer)

    def source(number: int) -> str:
        quotes = answer.statements[number].quotes
        return quotes[0].publication if quotes and not written else ""

    for id, run in groupby(range(listed, len(answer.statements)), key=source):
        if written:
            yield Paragraph(Role.BY, say("written_by", model=printable(answer.written_by)))
        found: list[Block] = [Named(Role.PUBLICATION, publications[id])] if id in publications else []
        for number in run:
            extract = bool(answer.statements[number].lines)
            found.append(extract_of(answer, number, drifts) if extract else sentence(answer, number, drifts))
        yield Group(_role(answer, written), tuple(found))


def _role(answer: Answer, written: bool) -> Role:
    if written:
        return Role.WRITTEN
    return Role.CLOSEST if answer.tier is Tier.MAY_ANSWER else Role.QUOTED


def shows_coverage(answer: Answer) -> bool:
    """Whether the parts of the question are worth a line: several, or one that is written about and not answered."""
    if len(answer.coverage) > 1:
        return True
    return words.is_written(answer) and any(part.covered is not Covered.ANSWERED for part in answer.coverage)


# --- a language model's part ---


def model_line(answer: Answer, versions: bool = False) -> str:
    """Model, tokens and what became of its draft; '' where none was asked. `versions`: and that of the prompt.

    'Language model x: 340 tokens read, 85 written (estimated); 3 of 4 sentences supported, fully or partly'
    """
    drafting, usage = answer.drafting, answer.usage
    if drafting is None and usage is None:
        return ""
    name = say("model.name", model=printable(drafting.model if drafting else answer.written_by))
    facts = _model_facts(drafting, usage)
    line = say("model.did", name=name, facts=words.clauses(facts)) if facts else name
    prompt = drafting.prompt[:PROMPT_DIGITS] if drafting and versions else ""
    return say("model.prompt", line=line, prompt=prompt) if prompt else line


def _model_facts(drafting: Drafting | None, usage: Usage | None) -> list[str]:
    if usage and usage.estimated and not usage.tokens_out:  # nobody knows what a server that refused has read
        return [say("model.no_text")]
    facts = []
    if usage:
        tokens = say("model.tokens", tokens_in=usage.tokens_in, tokens_out=usage.tokens_out)
        facts.append(say("model.estimated", tokens=tokens) if usage.estimated else tokens)
    if drafting:
        shown = drafting.outcome is Outcome.SHOWN
        supported = say("model.supported", drafting.claims, supported=drafting.supported)
        facts.append(supported if shown else say("model.not_shown"))
        facts += [say("model.repeated", number=drafting.repeated)] if drafting.repeated else []
        facts += [say("model.dropped", drafting.dropped)] if drafting.dropped else []
    return facts
