# ruff: noqa: E501 - a pattern is a row of data, and is read better whole
"""The words around a name that say what it names, French and English: data for the rules beside it."""

import re
from collections.abc import Mapping
from functools import cache

from articles.core.folding import fold, joined
from articles.core.registry import aliases_of, data, rows, words

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĽŃŇŌŐŒŔŘŚŞŠŤŪŮŰŹŻŽ"
CAP = rf"[{UPPER}][\w’'\-]{{1,40}}"
# A word of a person's name: no apostrophe but in "O'Brien" and "d'Estaing".
PART = rf"(?:[OD]['’])?[{UPPER}]\w{{0,30}}(?:-\w{{1,30}}){{0,4}}"
PARTICLE = r"(?:de la|de|du|des|von der|von|van der|van den|van|da|dos|del|della|di|ben|bin|ibn|al|el|Al|El|Ben|Bin|Abou|Abu|Le|La|d['’])"
REST = rf"(?:[ \u00a0](?:{PARTICLE}[ \u00a0\-]?)?{PART}){{1,3}}"
PERSON = re.compile(rf"(?<![\w\-]){PART}{REST}")

TITLES = (
    r"(?:M\.|MM\.|Mme|Mlle|Me|Dr|Pr|Mr\.?|Mrs\.?|Ms\.?|Sir|Lord|Lady|Prof\.?|Sen\.|Rep\.|Gen\.|Lt\.|Col\.|Capt\.|"
    r"[Pp]résidente?|[Pp]resident|[Vv]ice-[Pp]résidente?|[Pp]rime [Mm]inister|[Pp]remiere? ministre|[Pp]remier ministre|"
    r"[Pp]remier|[Mm]inistre|[Mm]inister|[Ss]ecretary|[Ss]enator|[Ss]énat(?:eur|rice)|[Gg]overnor|[Gg]ouverneure?|"
    r"[Dd]éputée?|[Mm]aire|[Mm]ayor|[Gg]énéral|[Gg]eneral|[Cc]olonel|[Cc]apitaine|[Cc]aptain|[Cc]ommandante?|[Ll]ieutenant|"
    r"[Aa]miral|[Aa]dmiral|[Mm]aréchal|[Rr]oi|[Rr]eine|[Kk]ing|[Qq]ueen|[Pp]rinces?s?e?|[Éé]mir|[Ss]heikh|[Cc]heikh|[Rr]abbin|"
    r"[Rr]abbi|[Pp]ape|[Pp]ope|[Mm]gr|[Ii]mam|[Cc]hancelière?|[Cc]hancellor|[Jj]uge|[Jj]udge|[Aa]mbassad(?:eur|rice|or)|"
    r"[Pp]orte-parole|[Ss]pokes(?:man|woman|person)|[Dd]irect(?:eur|rice|or)|[Cc]oach|[Ss]électionneur|[Éé]crivaine?|"
    r"[Aa]vocate?|[Jj]ournaliste|[Jj]ournalist|[Pp]rofesseure?|[Pp]rofessor|[Dd]oct(?:eur|or)|[Cc]hanteu(?:r|se)|[Aa]ct(?:eur|rice|or))"
)
TITLED = re.compile(rf"\b{TITLES}[ \u00a0](?P<name>{PART}(?:[ \u00a0](?:{PARTICLE}[ \u00a0]?)?{PART}){{0,3}})")
# "…, Edo Talvin, qui …": a name set between commas after an office.
APPOSED = re.compile(
    rf"(?<![\w\-])[a-zà-ÿ\-]{{3,30}}[^,.;:]{{0,60}}, (?P<name>{PART} (?:{PARTICLE} )?{PART}(?:-{PART})?)(?=,| et | and |\.|$)"
)
SPEAKS = re.compile(
    rf"(?<![\w\-])(?P<name>{PART} (?:{PARTICLE} )?{PART})(?=,? (?:a |avait |s['’]est |n['’]a )?(?:déclaré|affirmé|annoncé|"
    r"indiqué|estimé|expliqué|assuré|précisé|ajouté|dit|said|says|told|added|tweeted|wrote|announced|argued)\b)"
)
# "a déclaré Nolwenn Tréguier", "said Jane Roe": the speaker behind the verb.
SPOKEN_BY = re.compile(
    r"\b(?:déclare|déclaré|affirme|affirmé|annonce|annoncé|indique|indiqué|estime|estimé|explique|expliqué|assure|assuré|"
    r"précise|précisé|ajoute|ajouté|raconte|raconté|confie|confié|souligne|souligné|résume|résumé|prévient|rappelle|rappelé|"
    r"regrette|regretté|lance|lancé|répond|répondu|dit|said|says|told|added|explained|argued|warned|recalled) "
    rf"(?P<name>{PART} (?:{PARTICLE} )?{PART}(?: {PART})?)(?![\w\-])"
)
# "Nolwenn Tréguier, présidente de…", "Jane Roe, the mayor of…": an office set behind the name.
IN_OFFICE = re.compile(
    rf"(?<![\w\-])(?P<name>{PART} (?:{PARTICLE} )?{PART})(?=, (?:(?:le|la|the|its|their|son|sa|leur|une?|an?) |l['’])?"
    r"(?:(?:vice-)?présidente?|maire|députée?|sénat(?:eur|rice)|ministre|direct(?:eur|rice)|secrétaire|préfète?|porte-parole|"
    r"professeure?|cherch(?:eur|euse)|avocate?|médecin|responsable|fondat(?:eur|rice)|conseill(?:er|ère)|procureure?|juge|"
    r"capitaine|colonel|général|entraîneure?|patronn?e?|cheffe?|habitante?|agricult(?:eur|rice)|president|chair|mayor|minister|"
    r"director|secretary|spokes(?:man|woman|person)|professor|researcher|lawyer|doctor|founder|chief|head|judge|captain|"
    r"colonel|general|coach|owner|resident|farmer)\b)"
)
AGED = re.compile(rf"(?<![\w\-])(?P<name>{PART} (?:{PARTICLE} )?{PART})(?=, (?:\d\d ans|\d\d,|aged \d\d))")

ADJECTIVE = (
    r"[a-zà-ÿ\-]{1,30}(?:ien|ienne|ain|aine|ais|aise|ois|oise|al|ale|aux|ique|aire|if|ive|el|elle|royal|eur|eure|"
    r"rite|ée|é|ite|and|ande|ol|ole|ec|ecque|arabe|que)s?\b"
)
# The head of an organisation's name, in lower case or with a capital, and how a name goes on from there.
LOWER_HEADS = (
    r"[Mm]inistère|[Cc]omités?|[Aa]gence|[Aa]rmée|[Uu]niversité|[Ii]nstitut|[Ff]édération|[Cc]onfédération|[Aa]ssociation|"
    r"[Oo]rganisation|[Mm]ouvement|[Pp]arti|[Ss]yndicat|[Cc]ommission|[Cc]our|[Cc]onseil|[Bb]anque|[Ff]ondation|[Aa]cadémie|"
    r"[Oo]bservatoire|[Cc]roissant|[Cc]hambre|[Dd]irection|[Ss]ociété|[Gg]roupe|[Ll]igue|[Cc]lub|[Oo]ffice|[Aa]utorité|[Ss]ecrétariat"
)
CAPITAL_HEADS = (
    r"Front|Forces|Bureau|Armée|Alliance|Union|Brigades?|Gardiens|Croissant|Coalition|Rassemblement|Centre|Haut-Commissariat|"
    r"Collectif|Conférence|Caisse|Garde|Corps|Hôpital|Lycée|Musée|Stade|Théâtre|Tribunal|Sénat|Assemblée"
)
OF = r"(?:de la |de l['’]|du |des |de |d['’])"
ORGANISATION: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), score)
    for pattern, score in (
        (
            rf"\b[Mm]inistère(?: {ADJECTIVE})? {OF}(?:l['’]|la )?{CAP}(?:(?:,| et)? {OF}(?:la |l['’])?{CAP})*(?: {ADJECTIVE})?",
            0.85,
        ),
        (rf"\b[Cc]omité {OF}[a-zà-ÿ]{{1,30}}(?: {OF}[a-zà-ÿ]{{1,30}})?(?: {ADJECTIVE})?", 0.6),
        (rf"\b[Aa]gence {OF}presse {ADJECTIVE}", 0.6),
        (
            r"\b(?:Forces|Armées?|Garde|Marine|Brigades?)(?: (?!et |de |dans |pour |avec |ont |sont |qui |a |est |en |au )[a-zà-ÿ\-]{3,}){1,3}",
            0.7,
        ),
        (
            r"\b(?:armée|marine|gendarmerie|police) (?:royale )?[a-zà-ÿ]{{1,30}}(?:ain|aine|ien|ienne|ais|aise|que|ole|ois|oise|ande)\b(?! (?:de|du)\b)",
            0.5,
        ),
        (rf"\bBureau {OF}[a-zà-ÿ]{{1,30}}(?: {ADJECTIVE})?", 0.75),
        (
            rf"\b(?:{CAPITAL_HEADS})(?: {ADJECTIVE})?(?: {OF}(?:{CAP}|[a-zà-ÿ]{{4,30}}(?: {ADJECTIVE})?))(?: {CAP}){{0,6}}",
            0.6,
        ),
        (rf"\b(?:{CAPITAL_HEADS}) {CAP}(?: {CAP}){{0,6}}", 0.75),
        (rf"\b(?:{LOWER_HEADS})(?: {ADJECTIVE})? {OF}{CAP}(?:[ \-]{CAP})*", 0.6),
        (
            rf"\b(?:[Pp]arti|[Ff]édération|[Uu]niversité|[Cc]onseil|[Bb]anque|[Cc]our|[Cc]ommission) {ADJECTIVE}(?: {OF}(?:{CAP}|[a-zà-ÿ]{{1,30}}))?",
            0.6,
        ),
        (rf"\b(?:{LOWER_HEADS}) {CAP}(?: {CAP}){{0,6}}", 0.55),
        (
            rf"\b(?:{CAP} (?:{CAP} |of |for |and ){{0,6}})(?:Ministry|Party|University|Agency|Committee|Council|Army|Forces|Bank|"
            r"Institute|Foundation|Association|Federation|Commission|Court|Department|Corporation|Group|Union|League|Club|Company|"
            rf"Inc\.|Ltd|Corp\.|Authority|Organi[sz]ation|Brigades?|Front|Movement)(?: (?:of|for) (?:the )?{CAP}(?: {CAP}){{0,6}})?",
            0.75,
        ),
        (
            rf"\b(?:Ministry|University|Department|Bank|Institute|Council|Committee|Federation|Organi[sz]ation|Office) (?:of|for) (?:the )?{CAP}(?:(?: and)? {CAP})*",
            0.8,
        ),
    )
)
EVENT: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), score)
    for pattern, score in (
        (rf"\b[Aa]ccords? d(?:e |['’]|u ){CAP}(?: {CAP}){{0,6}}", 0.8),
        (rf"\b[Gg]uerre (?:d['’]|de |du |des |en |au ){CAP}(?:[ \-]{CAP})*", 0.6),
        (rf"\b(?:[Ss]ommet|[Tt]raité|[Ff]estival|[Ff]orum) (?:de |d['’]|du ){CAP}(?:[ \-]{CAP})*", 0.6),
        (
            r"\b(?:Coupe|coupe) du [Mm]onde(?: \d{4})?|\bJeux olympiques(?: d['’](?:été|hiver))?(?: de \d{4})?|\bJO de \d{4}",
            0.7,
        ),
        (
            rf"\bBataille d(?:e |['’]|u ){CAP}|\b(?:Battle|Treaty|War) (?:of|in) {CAP}(?: {CAP}){{0,6}}|\b{CAP} (?:Accords?|Summit|War|Agreement)\b|\bWorld Cup\b|\bOlympic Games\b",
            0.7,
        ),
    )
)
PLACE = re.compile(
    rf"(?:(?<=[a-zà-ÿ,;] )|^)(?:à|[Ii]n|[Nn]ear|près d[e'’]|(?:ville|village|région|province|city|town|commune|île|gouvernorat) (?:de |d['’]|of ))\s?"
    rf"(?P<name>(?:(?:Saint|Sainte|San|Santa|El|Al|La|Le|Les|New|Port|Fort|Mont)[ \-])?[{UPPER}][\w’]{{0,30}}[a-zà-ÿ]\w{{0,10}}(?:-[\w’']{{1,30}}){{0,4}})(?![\w’'\-])(?! [{UPPER}])"
)
PAREN_ACRONYM = re.compile(rf"(?P<long>{CAP}(?: [\w’'\-]{{1,40}}){{1,7}}) \((?P<short>[{UPPER}]{{2,7}})\)")

# Words with a capital that open no name of a person.
NOT_PERSONS = words("not_persons")
# Names of places that are also common words where they open a sentence.
COMMON = words("common_words")


@cache
def given_names() -> frozenset[str]:
    """Given names, as they are written."""
    return frozenset(
        word for line in data("given_names.txt").splitlines() if not line.startswith("#") for word in line.split()
    )


@cache
def powers() -> Mapping[str, tuple[str, ...]]:
    """Names that papers use for a government, folded -> the codes of the countries that may be meant: states, their
    capitals, and where else a government sits. More than one where it cannot be told whose ("Bruxelles")."""
    states = {row[3] for row in rows("governments.tsv", 4)}
    cities = (row for row in rows("cities.tsv", 5) if row[4].startswith("capital of"))
    found: dict[str, dict[str, None]] = {}
    for name, _, cell, code in (row[:4] for row in (*rows("countries.tsv", 4), *cities)):
        # What is read beside a name is French and English.
        names = (alias for alias, language in aliases_of(cell).items() if language not in ("he", "ar"))
        for one in (name, *names) if code in states else ():
            found.setdefault(fold(one), {})[code] = None
    for name, codes in rows("seats.tsv", 2):
        found[fold(name)] = dict.fromkeys(codes.split("|"))
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def power_keys() -> frozenset[str]:
    """The names of ``powers`` as names are compared."""
    return frozenset(map(joined, powers()))


LAST_NAME = re.compile(rf"(?<![\w\-]){PART}(?![\w\-])")
