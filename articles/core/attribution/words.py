# ruff: noqa: E501 - a pattern is a row of data, and is read better whole
"""The words that say who stands behind a text, French and English: data for the finders beside it.

Patterns that read folded text (see folding.py) are lower case without accents; the others need the capitals.
"""

import re

from articles.core.registry import words

UPPER = r"A-ZÀ-ÖØ-Þ"
# A name of an outlet: words with capitals, or small words between them.
NAME = (
    rf"(?:[{UPPER}0-9][\w&'’+\-]{{0,40}}(?:\.\w{{1,20}}){{0,3}}|i24\w+|l['’][{UPPER}]\w{{1,40}})"
    rf"(?:[ \u00a0](?:(?:de|du|des|la|le|les|of|the|et|and|&|della|d['’])[ \u00a0])?[{UPPER}0-9][\w&'’+\-]{{0,40}}(?:\.\w{{1,20}}){{0,3}}){{0,5}}"
)
# Words that begin with a capital where a name is looked for and are no name.
NOT_NAMES = words("not_outlets")
# An outlet's name by its shape, where no registry knows it.
OUTLET_SHAPE = re.compile(
    r"\b(?:Radio|RTL|TV|FM|News|Info|Infos|Actu|Actualités?|Presse|Press|Times|Post|Tribune|Gazette|Journal|Herald|"
    r"Daily|Télé|Canal|Chaîne|Channel|Magazine|Hebdo|Media|Médias?|Matin|Soir|Express|Monitor|Observer|Review|Today)\b"
    r"|\w(?:TV|FM|NEWS|News|Info)\b|\b\w+\.(?:com|fr|net|org|ma|tv|info|il|be|ch|dz|tn)\b|\w+24\b|\b24\b"
)

# (what was seen, pattern whose group "name" is the publisher, weight)
PUBLISHER: tuple[tuple[str, re.Pattern[str], int], ...] = tuple(
    (about, re.compile(pattern.replace("NAME", f"(?P<name>{NAME})")), weight)
    for about, pattern, weight in (
        (
            "The comment policy names its editors.",
            r"\b[Ll](?:a rédaction|’équipe|'équipe) (?:de |du |d['’]|des )NAME",
            4,
        ),
        ("The comment policy names its editors.", r"\b[Tt]he (?:editors|editorial team|team) (?:of|at) NAME", 4),
        (
            "The terms name the outlet.",
            r"\bNAME (?:reserves the right|se réserve le droit|n['’]est pas responsable)",
            4,
        ),
        (
            "The copyright line names it.",
            r"(?:©|\([cC]\)|\b[Cc]opyright)[ \u00a0©]*(?:\d{4}(?:[-–]\d{4})?)?[ ,\u00a0:]*(?:by )?NAME",
            4,
        ),
        ("The copyright line names it.", r"\bNAME ?(?:©|\([cC]\)) ?\d{4}", 4),
        (
            "The copyright line names it.",
            r"\bNAME[ .,\u00a0]*[-–—|]?[ \u00a0]*(?:[Tt]ous droits réservés|[Aa]ll [Rr]ights [Rr]eserved)",
            4,
        ),
        ("The copyright line names it.", r"[Tt]ous droits réservés(?: à| par)?[ ,:\u00a0–-]*NAME", 3),
        ("A newsletter prompt names it.", r"\b[Nn]ewsletters? (?:de |du |d['’]|of |from )NAME", 3),
        ("A newsletter prompt names it.", r"\b(?:[Ss]ign up (?:for|to)|[Ss]ubscribe to|[Jj]oin) (?:the )?NAME", 2),
        ("A prompt to subscribe names it.", r"\b(?:[Aa]bonnez-vous|[Ss]['’]abonner) (?:à|au) NAME", 3),
        (
            "A prompt to follow names it.",
            r"\b(?:[Ss]uivez|[Rr]etrouvez|[Rr]ejoignez)(?: l['’]actualité de)? NAME (?:sur|on)\b",
            3,
        ),
        ("A prompt to follow names it.", r"\b[Ff]ollow NAME on\b", 3),
        ("A prompt to give names it.", r"\b(?:[Ss]outenez|[Ss]upport) NAME", 2),
        (
            "The comment policy names it.",
            r"\b(?:charte|règles|conditions|application|site|forum|lecteurs) (?:de |du |d['’])NAME",
            2,
        ),
        ("The subject of a shared mail names it.", r"\b(?:[Ll]u|[Vv]u|[Rr]ead|[Ss]een|[Ff]ound) (?:sur|on) NAME", 3),
        ("The page welcomes its readers.", r"\b(?:[Bb]ienvenue sur|[Ww]elcome to) NAME", 3),
    )
)
# In lists of other headlines an outlet names itself before what was said there.
ON_AIR = re.compile(rf"\b(?:sur|on|à|au micro de|dans) (?P<name>{NAME})[ \u00a0]?:")

# A source note that ends before the name: the partner's name was lost with its link.
CUT_OFF = re.compile(
    rf"^\s*(?:(?P<first>{NAME})\s+(?:avec|with|via|et|and|/|&)|(?:Sources?|Via|Avec|With|Par|By|Crédit article|"
    r"Article original|Article initialement publié sur|Publié initialement (?:sur|par|dans)|Traduit d[eu]|Repris d[eu]|"
    r"Lire (?:l['’]article )?(?:complet |original )?sur|Read (?:more|the original) (?:at|on)|D['’]après|"
    r"(?:This article |First |Originally )*(?:first |originally )?(?:appeared|published) (?:on|in|at|by)))\s*:?\s*[.…]?\s*$"
)
TAKEN_FROM = re.compile(
    rf"^\s*(?:(?P<first>{NAME})\s+(?:avec|with|via)\s+|(?:Sources?\s*:|Via\s*:?|Avec\s*:?|With\s*:?|Traduit d[eu]|Repris d[eu]|"
    r"Article original\s*:?|Article (?:initialement )?(?:paru|publié) (?:sur|par|dans)|Publié initialement (?:sur|par|dans)|"
    r"Lire (?:l['’]article )?(?:complet |original )?sur|Read (?:more|the original) (?:at|on)|D['’]après|"
    r"(?:(?:This|The) (?:article|story) )?(?:was )?(?:[Ff]irst |[Oo]riginally )?(?:[Aa]ppeared|[Pp]ublished) (?:on|in|at|by)|"
    r"[Rr]epublished (?:from|with permission (?:from|of))|Reproduit avec l['’](?:aimable )?autorisation d[eu])\s*)"
    rf"(?P<names>(?:[Tt]he |[Ll]a |[Ll]e |[Ll]['’])?(?:{NAME}|\w[\w-]*\.\w{{2,4}}\b).*)$"
)
TRANSLATED = re.compile(
    rf"\b(?:[Tt]raduit(?:e)?(?: de l['’]\w+| du \w+)?(?: en \w+)? par|[Tt]raduction(?: par)? ?:|[Tt]ranslat(?:ed|ion)(?: from(?: the)? \w+)?(?: into \w+)? ?(?:by|:))"
    rf"\s+(?P<name>[{UPPER}][\w'’.\-]{{1,40}}(?:\s+[{UPPER}][\w'’.\-]{{1,40}}){{0,3}})"
)

# Lower-case nouns that name a source well enough to be one; a phrase without one of them or a capital is too vague.
SOURCES = words("sources")
# Where the name of a source ends.
STOP = words("stop")
LINKERS = words("linkers")
# Nobody: a pronoun or a count where a source would stand.
NOBODY = words("nobody")

SAID = (
    r"(?:indique|declare|annonce|affirme|rapporte|precise|ajoute|souligne|confirme|ecrit|assure|explique|estime|revele"
    r"|fait savoir|signale|denonce|averti|reconnu|dementi|note|insiste|conclu)"
)
# (pattern over folded text, whether what follows is the source of the source named just before)
CITED: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(pattern), via)
    for pattern, via in (
        (
            r"\b(?:selon|d'apres)\s+(?:ce qu(?:e|i)\s+(?:a|ont|est|a ete|ont ete)\s+(?:ete\s+)?\w+\s+(?:par\s+)?"
            r"|les informations d(?:e |u |')|une source (?:de|au sein de) |des sources (?:de|au sein de) )?",
            False,
        ),
        (
            rf"\b(?:a|ont|avait|avaient)(?: egalement| aussi)? {SAID} (?:mardi |lundi |mercredi |jeudi |vendredi |samedi |dimanche |hier )?"
            r"(?=(?:l[ae']|les|le|un|une|[a-z])\b)",
            False,
        ),
        (
            r"\b(?:ainsi )?(?:rapporte|indique|precise|affirme|annonce|explique|souligne|ecrit|revele|assure)nt? (?=l[ae']|les )",
            False,
        ),
        (
            r"\ba(?:vait|-t-il|-t-elle)? (?:declare|confie|indique|dit|explique|affirme|precise|raconte) (?:\w+ )?(?:a |au |aux )",
            False,
        ),
        (r"\b(?:dans|par) un (?:communique|rapport|message|tweet) (?:publie par |de |du |des |d')", False),
        (
            r"\b(?:cite(?:e|s|es)? par|interroge(?:e|s|es)? par|aupres de|au micro de|repris par|relaye(?:e|s)? par) ",
            False,
        ),
        (r"\baccording to ", False),
        (r"\b(?:told|tells) ", False),
        (r"\b(?:as )?(?:reported|quoted|cited|confirmed|announced) by ", False),
        (r"\bin (?:a statement|an interview|a report) (?:from|by|with|to|carried by|published by) ", False),
        (
            r",\s+(?:qui a|qui ont|qui|which|who|which has)\s+(?:cite|citent|citait|cites|cited|quoted|quoting|quotes)\s+",
            True,
        ),
        (r",?\s+(?:en )?(?:citant|citing|quoting)\s+", True),
    )
)
SAID_IN_A_STATEMENT = re.compile(
    rf"(?<![\w’'\-])(?P<name>(?:[Tt]he )?[{UPPER}][\w’'\-]{{1,40}}(?: (?:of |the )?[\w’'\-]{{1,40}}){{0,5}}?) (?:said|announced|confirmed) in (?:a|an) (?:statement|press release|report|interview)"
)
