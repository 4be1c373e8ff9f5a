"""What a text speaks of, as keys: the stems of its words, and a few words of this field that mean the same.

A table of kin is short on purpose. It holds what practitioners type and the lists put otherwise ("hotline" for
"help line"), and no word that only goes along with another ("income" is not "debt").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from corpus.types import Activity
from index.keywords import stems
from index.words import words

# One line, one notion. A word may be of several. "a_b" stands for the two words in a row, with space or hyphen.
_KIN = """
child: child children kid kids girl girls boy boys minor minors adolescent adolescents teenager teenagers
youth: youth youths young adolescent adolescents teenager teenagers juvenile
woman: woman women girl girls female females mother mothers wife wives gender
man: fisherman fishermen man men boy boys male males father fathers husband husbands
disability: disability disabilities disabled deaf blind handicap handicapped wheelchair impairment sensory
return: return returns returned returning returnee returnees repatriation repatriated deportee deportees home_coming
displaced: displaced displacement refugee refugees idp idps camp camps asylum humanitarian
crisis: crisis emergency emergencies disaster disasters war conflict conflicts flood floods earthquake earthquakes
migrant: seasonal_worker seasonal_workers migrant migrants migrate migrated migration migrating emigrant emigrants
depart: departing departure depart departs leave leaves leaving
recruiter: recruiter recruiters recruitment recruit recruiting recruited broker brokers
school: school schools pupil pupils classroom classrooms teacher teachers student students
online: online internet web website websites social_media facebook tiktok whatsapp instagram telegram digital platform \
platforms cyber cybercrime
broadcast: channel channels radio broadcast broadcasts broadcasting broadcaster broadcasters television tv airtime
helpline: helpline help_line hotline hot_line telephone_line call_centre call_center
shelter: shelter shelters accommodation safe_house safe_houses safehouse safehouses refuge lodging
housing: housing house houses rent tenancy
job: job jobs employment employed employ placement placements placed apprentice apprentices apprenticeship \
apprenticeships self_employed
wage: wage wages pay paid payment payments salary salaries earnings earn earns earned income cash_for_work stipend
cash: cash stipend stipends transfer transfers voucher vouchers cash_for_work
training: training trained train trains trainee trainees course courses vocational skill skills curriculum
debt: debt debts loan loans owe owed owes advance advances bonded bondage creditor creditors lender lenders \
microcredit microfinance
business: business businesses shop shops enterprise enterprises self_employed entrepreneur entrepreneurs
savings: saving savings cooperative cooperatives
market: market markets buyer buyers
farm: farm farms farming agriculture agricultural plantation plantations crop crops
fishing: fisher fishers fisherman fishermen fish fishing fishery fisheries vessel vessels boat boats seafarer seafarers
construction: construction kiln kilns brick bricks
domestic: domestic maid maids housemaid housemaids household_worker
employer: employer employers company companies firm firms
police: police policing policeman policemen officer officers law_enforcement investigator investigators
court: court courts judge judges judicial judiciary magistrate magistrates trial trials judgment judgments
prosecution: prosecutor prosecutors prosecution prosecutions prosecute prosecuted charged charge
inspection: inspector inspectors inspection inspections inspectorate inspectorates inspected
finance: financial assets asset confiscated confiscation laundering
health: health doctor doctors medical clinic clinics clinician nurse nurses hospital hospitals
mental: mental psychological psychologist psychologists psychosocial counselling counseling counsellor therapy trauma \
well_being wellbeing
lawyer: lawyer lawyers legal_aid advocate advocates attorney attorneys solicitor
redress: compensation compensated remedy remedies damages redress
interpreter: language languages interpreter interpreters interpretation translator translation
border: border borders frontier crossing checkpoint transit exit
papers: document documents papers passport passports identity_card id_card permit permits
stateless: stateless statelessness nationality nationalities
scam: scam scams fraud compound compounds
sex_work: prostitution prostitute prostitutes sex_work sex_worker sex_workers sexual_exploitation brothel brothels
caseworker: caseworker caseworkers case_management case_manager case_managers social_worker social_workers
guardian: guardian guardians guardianship
family: family families relative relatives parent parents
survivor: survivor survivors former_client former_clients
complaint: complaint complaints complain complained grievance
begging: begging beg beggar beggars
labour: labour labor forced_labour forced_labor
province: province provinces provincial municipality municipalities municipal
punish: punish punished punishment non_punishment penalise penalised penalize penalized conviction \
convictions convicted prosecuted fined detained deported
budget: budget budgets budgeted cost costs costed
crime: crime crimes criminality
participation: participation participate participates consult consulted consultation consultations
season: season seasons seasonal seasonal_worker seasonal_workers
abroad: abroad overseas foreign another_country neighbouring_country neighboring_country cross_border \
mutual_legal_assistance international
testify: testify testifies testimony statement statements
alone: unaccompanied separated alone
follow_up: aftercare follow_up
"""
NOTION = "~"  # what a key that is a notion begins with
_PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KinWord:
    """One word of a text that is no stop word."""

    start: int  # characters of the text, half-open
    end: int
    keys: frozenset[str]  # its stem, and "~notion" for each notion it is of


def speaks(text: str) -> frozenset[str]:
    """The keys of all words of a text."""
    return frozenset(key for word in read(text) for key in word.keys)


def read(text: str) -> tuple[KinWord, ...]:
    """The words that carry something, in order; two words that make one notion are one."""
    pieces = [(match.start(), match.end(), match.group()) for match in _PIECE.finditer(text)]
    plain = [(words(piece) or [""])[0] for _, _, piece in pieces]
    stemmed = stems(plain)
    notions = _notions()
    found: list[KinWord] = []
    place = 0
    while place < len(pieces):
        size = next((n for n in (3, 2) if _notion(plain, place, n) in notions), 1)
        keys = {stem for stem in stemmed[place : place + size] if len(stem) > 1}
        for one in {_notion(plain, place, size), *(stemmed[place : place + size] if size == 1 else ())}:
            keys |= {f"{NOTION}{notion}" for notion in notions.get(one, ())}
        if keys:
            found.append(KinWord(pieces[place][0], pieces[place + size - 1][1], frozenset(keys)))
        place += size
    return tuple(found)


def _notion(plain: list[str], place: int, size: int) -> str:
    """Some words in a row as the table writes them; '' where fewer are left."""
    return "_".join(plain[place : place + size]) if place + size <= len(plain) else ""


@cache
def _notions() -> Mapping[str, frozenset[str]]:
    """Word, or words joined by '_', -> the notions it is of."""
    table: dict[str, set[str]] = {}
    for line in _KIN.strip().splitlines():
        notion, _, members = line.partition(":")
        for member in members.split():
            table.setdefault(member, set()).add(notion)
    return {member: frozenset(notions) for member, notions in table.items()}


def _stems(text: str) -> frozenset[str]:
    return frozenset(key for key in speaks(text) if key[0] != NOTION)


_SAYS_NOTHING = """
    activity programme program project campaign initiative intervention action work working plan planning design
    designing propose proposal suggest indicator question lesson list measure measuring measurement track ask give
    show find want need like help support start run running launch open set build building implement implementing
    fund funded target targeted area areas region district country countries city town village community local
    national people person persons participant beneficiary population group groups number share use using make
    organisation organization ngo agency team staff partner government ministry year years month months week weeks
    day two three four five six seven eight nine ten new good best fit suit suitable appropriate relevant possible
    trafficking trafficked human victim victims anti counter exploitation exploited risk vulnerable prevent
    prevention reduce success successful result results effective impact outcome output level aim goal objective
    include including focus small large part time times ensure provide providing offered develop development many
    much special specially left assistance legal come comes coming go going age aged years old worker workers learn
    teach procedure procedures safe safely safety secure contact contacts forced force friendly care way ways
    recognise recognize commit monitor monitoring evaluate evaluation get getting receive keep take live lives living
    know speak speaks speaking better made reach reached reaching centre centres center centers term long standard
    operating first before add added counted please their means verification disaggregation
"""
_COMPANIONS = "workers people persons victims trafficked care country plans"
_NAMES: Mapping[Activity | None, str] = {
    None: "map mapping analyse analysis pattern patterns choose choosing response responses before",
    Activity.AWARENESS_RAISING: "awareness raise raising campaign message messages messaging sensitisation inform"
    " information",
    Activity.LIVELIHOODS: "livelihood livelihoods income generating economic",
    Activity.LEGAL_FRAMEWORK: "law laws legal legislation legislative framework reform draft drafting bill act",
    Activity.CRIMINAL_JUSTICE: "criminal justice capacity building strengthen case cases",
    Activity.IDENTIFICATION: "identify identified identification referral refer referred mechanism nrm",
    Activity.SUPPORT: "support assistance service services durable solution solutions",
    Activity.NATIONAL_PLANS: "national plan plans action strategy nap draft drafting drafted",
}


@cache
def says_nothing() -> frozenset[str]:
    """The stems that any request has, whatever the programme: these explain no choice."""
    return _stems(_SAYS_NOTHING)


@cache
def companions() -> frozenset[str]:
    """Of those, the ones worth showing beside a word that counts: seasonal "workers"."""
    return _stems(_COMPANIONS)


@cache
def names_of(activity: Activity | None) -> frozenset[str]:
    """The stems that only name an activity type, or part one (None): within its list they explain nothing."""
    return _stems(_NAMES[activity])
