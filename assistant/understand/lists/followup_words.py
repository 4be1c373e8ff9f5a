"""How a message after a list is told apart: the patterns of `assistant.understand.lists.followup`."""

from __future__ import annotations

import re

SHORT = 12  # words; a longer message is a question or a description of its own
COURTESY = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks?|thank you|great|good|fine|perfect|super|nice|i see|hmm+|right|yes|no(?=\W*$"
    r"|[,.;!])|please|well"
    r"|so|sure|cool|got it|alright|hi|hello"
    r"|merci|gracias|спасибо)\b[\s,.!;:-]*)+",
    re.I,
)
ADDS = re.compile(
    r"^(?:and|plus|also|as well|add|include|including|with|along with|together with|et|y|и|а также|también"
    r"|aussi)\b(?! what about)"
    r"|\b(?:also|as well|too|in addition|on top|besides|additionally|aussi|también)\b|^(?:can you |could you "
    r"|please )?(?:add|include)\b",
    re.I,
)
ONLY = re.compile(
    r"\b(?:only|just|nothing but|limit(?:ed)?|restrict(?:ed)?|keep|filter|narrow|solely|exclusively|seulement"
    r"|uniquement|solo|sólo|solamente|только)\b|فقط|只|仅",
    re.I,
)
WITHOUT = re.compile(r"\b(?:without|drop|remove|leave out|except|exclude|excluding|not|no|skip|hide|forget)\b", re.I)
REST = re.compile(
    r"^(?:(?:and|now|then|show|give|list|see|is|what about|what are|where are|let|me|us|i|want|to|can|could|you|please"
    r"|ok|display|are|there|any|have|"
    r"also) )*(?:the )?(?:rest(?: of (?:them|it|the list|these|those|the (?:indicators|questions|lessons)))?"
    r"|remaining(?: ones| \w+)?|others?(?: ones| indicators"
    r"| questions| lessons| items)?|other ones|more(?: of (?:them|these|those)| indicators| questions| lessons"
    r"| items| please)?|next(?: ones)?|continue|go on"
    r"|(?:any|some)(?:thing)? (?:more|further|others?)|what have(?:n['’]t| not)? you (?:not )?(?:shown|listed"
    r"|given)(?: me| us)?(?: yet)?"
    r"|(?:anything|what|which|something)(?: \w+)? else(?: (?:is|are|do|does|have|has|can|could|would|did|you|we"
    r"|there|it"
    r"|got|know|list|show|see|suggest|propose|offer|in|the|toolkit|list))*|(?:what|whatever) (?:other|further|more)"
    r"(?: ones| indicators| questions| lessons| items)?(?: (?:are|there|exist|do|you|have|is|can|could|we|see))*"
    r"|(?:what(?:ever)?|those|the ones|everything|which) (?:is|are|was|were|that (?:is|are)|you)?(?: \w+)?"
    r" ?(?:left(?: out)?|missing|remaining|not shown)|further (?:ones|indicators|questions|lessons)|missing ones|las"
    r" demás"
    r"|los demás|el resto|le reste|les autres|остальн\w+"
    r"|ещ[её]|المزيد|البقية|其他的?|其余|更多)\W*(?:please|too|as well)?\W*$",
    re.I,
)
ALL = re.compile(
    r"^(?:(?:and|now|then|show|give|list|see|display|let|me|us|i|want|to|can|could|would|you|please|ok|just|have"
    r"|what are|the) )*(?:them )?(?:all|everything|all of"
    r" (?:them|it|these|those)|(?:the )?(?:full|complete|whole|entire) (?:list|set|lists)|every (?:one|single one"
    r"|item)|all (?:the )?(?:items|ones|indicators|questions|lessons)"
    r"|all (?:\d+|seven|\w+een)(?: of them)?|tous|toutes|todos|todas|все|الكل|全部)\W*(?:please|of them|again)?\W*$",
    re.I,
)
RESET = re.compile(
    r"\b(?:start (?:over|again|afresh)|reset|new search|without (?:the |my |our )?(?:description|details?|filters?"
    r"|narrowing|programme)|(?:ignore|forget|drop|remove) (?:the |my |our |that |what i )"
    r"(?:description|programme|project|filters?|details?|said)|clear (?:the |all )?(?:filters?|everything"
    r"|description)|no filters?|for everyone|for everybody|all groups)\b",
    re.I,
)
GO_ON = re.compile(
    r"^(?:(?:and|also|but|now|then|so) )*(?:what about|how about|(?:the )?same\b|and for|instead|rather"
    r"|switch to|change to|show|give|list|add|include|i need|i want|we need|i meant|i mean"
    r"|what are|which|for|about|on|with|only|just|keep|without|not|no|remove|drop|et pour|y para|а для"
    r"|qu'en est-il de|¿?qué hay de)\b",
    re.I,
)
OPEN = re.compile(
    r"^(?:(?:and|but|so|then|ok) )*(?:why|who|whom|whose|when|where|since when|really|is (?:that|this|it|there)"
    r"|are (?:they|these|those|there)|does|do|did|was|were|explain|summari[sz]e"
    r"|what (?:does|do|did|is|are|was|were) (?!the (?:other|remaining|design|indicators?|questions?|lessons?"
    r"|outcomes?|outputs?|impacts?|rest|means|exactly)|counted|exactly|(?:we|they|you) count|lessons|indicators"
    r"|outcome|output|impact"
    r"|being counted|to be counted|the denominators?|the numerators?))\b",
    re.I,
)
ASKS = re.compile(
    r"^(?:(?:and|but|so|then|also) )*(?:what|which|who|how|why|when|where|is|are|do|does|can|could|should|would"
    r"|will)\b",
    re.I,
)
PROGRAMME = re.compile(
    r"\b(?:we|our|i|my|it|they|the (?:programme|program|project|campaign|shelter|participants|beneficiaries|people"
    r"|target group|team|budget))(?:['’](?:re|m|s))? ?(?:\w+ ){0,2}?"
    r"(?:work|works|working|target|targets|targeting|run|runs|running|have|has|are|is|operate|operates|plan|plans"
    r"|serve|serves|focus|focuses|reach|support|supports|cover|covers|live|lives|will|want|speak|come|take|takes"
    r"|last|lasts|train|trains)\b"
    r"|^(?:it is|it's|they are|this is|there are|the (?:programme|project|campaign|participants)) ",
    re.I,
)


# "with returnees in the north": says who or where, and names nothing that a list could be narrowed to.
PLACES = re.compile(
    r"^(?:(?:and|but) )?(?:it is |it's |this is )?(?:for|with|in|among|near|at|along|from|on the) (?:\w+ ?){2,}", re.I
)
SWITCHES = re.compile(
    r"^(?:and |but |now |then )?(?:(?:what|how) about|for|instead|same for|the same for|et pour|y para|а для)\b"
    r"|^(?:et pour|y para|а для)\b|\binstead\b|\b(?:the |do )?same (?:\w+ )?(?:for|on|with)\b|\breplace\b",
    re.I,
)
# Said of the answer, or of what is done with it: nothing is to be changed.
PRAISES = re.compile(
    r"\ball (?:i|we) (?:need|needed|want|wanted)\b|^(?:(?:this|that|it|they|these|those) )?(?:(?:is|was|are)"
    r" )?(?:all |just |exactly )?what (?:i|we) (?:needed"
    r"|need|wanted|want)\b"
    r"|^(?:this|that|it|these|those|they) (?:is|are|was|were|will be|looks?|helps?)(?: \w+)? ?(?:very |really |so "
    r"|quite )?"
    r"(?:clear|helpful|useful|good|great|perfect|fine|enough|nice|a lot|much|help|me|us|it)\b"
    r"|\b(?:i|we|my \w+|our \w+) (?:will|shall|can|am going to|are going to)(?: now| certainly| definitely)? (?:use"
    r"|take|share|send"
    r"|print|like|love|read|try|forward|discuss|study|keep in mind|think about|work with)\b"
    r"|^(?:very|so|really|quite|super|most|how) ?(?:clear|helpful|useful|good|kind|utile|claro|útil)\b|\bhelps?"
    r" (?:me |us )?(?:a lot|much)\b"
    r"|^(?:good|great|nice|excellent|well|wonderful) (?:list|job|work|done|answer|choice|overview|selection)\b|^for"
    r" (?:the|this|these|that|your) (?:lists?|help|answer|indicators?|questions?|lessons?|work)\b",
    re.I,
)
EVERY = re.compile(
    r"\b(?:all|every|each|any)(?: (?:the|of the|one of the|seven|one))* (?:\w+ )?"
    r"(?:activit(?:y|ies)|types|activity types?|sections)\b",
    re.I,
)
CORRECTS = re.compile(r"\b(?:i (?:meant|mean)|rather|instead of|not that|wrong (?:one|activity|list)|actually)\b", re.I)
ICAT = re.compile(
    r"\bicat['’]?s?(?: own)? (?:list|indicators|questions|lessons|words|ones)\b|\b(?:original|official) (?:list"
    r"|indicators|questions|lessons|ones)\b|\bfrom icat\b",
    re.I,
)
THE_LEVELS = re.compile(
    r"^(?:and )?(?:what|which) (?:are|is|about) the (?:outcome|output|impact)s?(?: (?:ones|indicators))?$", re.I
)
# A question by its form that only asks for the list to be changed: "can you narrow it down to women?"
REQUESTS = re.compile(
    r"^(?:(?:and|but|so|then|also|now) )*(?:(?:what|how) about|(?:can|could|would|may) (?:you|we"
    r"|i)(?: please)?(?: also)? (?:show|list|narrow|see|have|get|add|switch|give|limit|filter|restrict|do|include"
    r"|keep|only)\b|which (?:of (?:them|these|those)|ones)\b|do you (?:also )?have\b|(?:do|does) (?:any|some|one)(?:"
    r" of \w+)? (?:speak|mention|cover|talk|concern)s?\b"
    r"|what would (?:these|they|it|those) (?:be|look like) (?:for|in)\b|do the same|(?:is"
    r"|are) there (?:an?\b|any|some|anything|something|also|more)|anything|what else)",
    re.I,
)
# "How many are there?": of the list, which says how many it has; not "how many should we use?"
COUNTS = re.compile(
    r"^(?:(?:and|but|so|then|also|now) )*how many(?: (?:design|outcome|output|impact|level))*"
    r"(?: (?:indicators?|questions?|lessons?|ones|items|of (?:them|these|those)))?(?: learn(?:ed|t))?"
    r"(?: (?:are|is) (?:there|that|it|they|these|those|listed|for|about|on)\b| (?:do|does|did) (?:it|this|that|you|we"
    r"|they|(?:the|this) (?:list|toolkit)) (?:have|list|hold|contain|get)| have you"
    r"| (?:speak|talk|mention|for|about|on|in)\b|\W*$)",
    re.I,
)
# What a question about details is about when it is about the list: "how would we verify these?", not "a victim's age".
OF_THE_LIST = re.compile(
    r"\b(?:it|this|that|them|these|those|they|each|indicators?|data|figures|numbers|results?|means of|sources?"
    r"|counted|count|denominators?|numerators?|over what|of what|ones)\b",
    re.I,
)
