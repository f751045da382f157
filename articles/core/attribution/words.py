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
    rf"(?:[ \u00a0](?:(?:de|du|des|la|le|les|of|the|et|and|&|della)[ \u00a0]){{0,2}}(?:[ld]['’])?[{UPPER}0-9][\w&'’+\-]{{0,40}}(?:\.\w{{1,20}}){{0,3}}){{0,5}}"
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
            "the comment policy names its editors",
            r"\b[Ll](?:a rédaction|’équipe|'équipe) (?:de |du |d['’]|des )NAME",
            4,
        ),
        ("the comment policy names its editors", r"\b[Tt]he (?:editors|editorial team|team) (?:of|at) NAME", 4),
        (
            "the terms name it",
            r"\bNAME (?:reserves the right|se réserve le droit|n['’]est pas responsable)",
            4,
        ),
        (
            "named in the copyright line",
            r"(?:©|\([cC]\)|\b[Cc]opyright)[ \u00a0©]{0,20}+(?:\d{4}(?:[-–]\d{4})?)?[ ,\u00a0:]{0,20}+(?:by )?NAME",
            4,
        ),
        ("named in the copyright line", r"\bNAME ?(?:©|\([cC]\)) ?\d{4}", 4),
        (
            "named in the copyright line",
            r"\bNAME[ .,\u00a0]*+(?:[-–—|][ \u00a0]*+)?(?:[Tt]ous droits réservés|[Aa]ll [Rr]ights [Rr]eserved)",
            4,
        ),
        ("named in the copyright line", r"[Tt]ous droits réservés(?: à| par)?[ ,:\u00a0–-]*+NAME", 3),
        ("named in a newsletter prompt", r"\b[Nn]ewsletters? (?:de |du |d['’]|of |from )NAME", 3),
        ("named in a newsletter prompt", r"\b(?:[Ss]ign up (?:for|to)|[Ss]ubscribe to|[Jj]oin) (?:the )?NAME", 2),
        ("named in a prompt to subscribe", r"\b(?:[Aa]bonnez-vous|[Ss]['’]abonner) (?:à|au) NAME", 3),
        (
            "named in a prompt to follow",
            r"\b(?:[Ss]uivez|[Rr]etrouvez|[Rr]ejoignez)(?: l['’]actualité de)? NAME (?:sur|on)\b",
            3,
        ),
        ("named in a prompt to follow", r"\b[Ff]ollow NAME on\b", 3),
        ("named in a prompt to give", r"\b(?:[Ss]outenez|[Ss]upport) NAME", 2),
        (
            "named in the comment policy",
            r"\b(?:charte|règles|conditions|application|site|forum|lecteurs) (?:de |du |d['’])NAME",
            2,
        ),
        ("named in the subject of a shared mail", r"\b(?:[Ll]u|[Vv]u|[Rr]ead|[Ss]een|[Ff]ound) (?:sur|on) NAME", 3),
        ("named in an account prompt", r"\b[Vv]otre compte NAME", 3),
        ("named in an account prompt", r"\b[Yy]our NAME account\b", 3),
        ("named in the comment policy", r"\bNAME welcomes (?:your )?comments", 4),
        ("the terms ask to name it", r"\b[Mm]entionner[ \u00a0]«?[ \u00a0]?NAME", 4),
        ("the last line of the page signs with it", r"[|·•][ \u00a0]NAME,? (?:©|\(c\))? ?(?:19|20)\d\d[ .]*$", 3),
        ("the page welcomes its readers", r"\b(?:[Bb]ienvenue sur|[Ww]elcome to) NAME", 3),
    )
)
# In lists of other headlines an outlet names itself before what was said there.
ON_AIR = re.compile(rf"\b(?:sur|on|à|au micro de|dans) (?P<name>{NAME})[ \u00a0]?:")

# A source note that ends before the name: the partner's name was lost with its link.
CUT_OFF = re.compile(
    rf"^\s*(?:(?P<first>{NAME})\s+(?:avec|with|via|et|and|/|&)|(?:Sources?|Via|Avec|With|Par|By|Crédit article|"
    r"Article original|Article initialement publié sur|Publié initialement (?:sur|par|dans)|Traduit d[eu]|Repris d[eu]|"
    r"Lire (?:l['’]article )?(?:complet |original )?sur|Read (?:more|the original) (?:at|on)|D['’]après|"
    r"(?:This article |First |Originally )*(?:first |originally )?(?:appeared|published) (?:on|in|at|by)))\s*+(?::\s*+)?(?:[.…]\s*+)?$"
)
TAKEN_FROM = re.compile(
    rf"^\s*(?:(?P<first>{NAME})\s+\(?(?:avec|with|via)\s+|(?:Sources?\s*:|Via(?:\s*:)?|Avec(?:\s*:)?|With(?:\s*:)?|Traduit d[eu]|Repris d[eu]|"
    r"Article original(?:\s*:)?|Article (?:initialement )?(?:paru|publié) (?:sur|par|dans)|Publié initialement (?:sur|par|dans)|"
    r"Lire (?:l['’]article )?(?:complet |original )?sur|Read (?:more|the original) (?:at|on)|D['’]après|"
    r"(?:Cet article|Ce texte|L['’]article .{0,160}?) est (?:ap)?paru (?:en premier |d['’]abord |initialement )?(?:sur|dans)|"
    r"(?:This|The) (?:article|story|post) .{0,160}?(?:appeared first|first appeared) (?:on|in)|"
    r"(?:(?:This|The) (?:article|story) )?(?:was )?(?:[Ff]irst |[Oo]riginally )?(?:[Aa]ppeared|[Pp]ublished) (?:on|in|at|by)|"
    r"[Rr]epublished (?:from|with permission (?:from|of))|Reproduit avec l['’](?:aimable )?autorisation d[eu])\s*+)"
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
            rf"\b(?:a|ont|avait|avaient)(?: egalement| aussi)? {SAID} (?:mardi |lundi |mercredi |jeudi |vendredi |samedi |dimanche |hier )?(?:matin |soir |apres-midi )?"
            r"(?=(?:l[ae']|les|le|un|une|[a-z])\b)",
            False,
        ),
        (
            r"\b(?:ainsi )?(?:rapporte|indique|precise|affirme|annonce|explique|souligne|ecrit|revele|assure)(?:nt)? (?=l[ae']|les )",
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
        (r"(?<!\s)\s+(?:en )?(?:citant|citing|quoting)\s+", True),
    )
)
# "…, reported in August that …, citing …" and "… that The Paper has seen": who was behind the source that is named.
REPORTED_BY = re.compile(
    rf"(?:^|[.!?”\"] )(?:The |the )?(?P<name>{NAME}) (?:has |had )?(?:reported|revealed)\b[^.!?]{{0,200}}$"
)
SEEN_BY = re.compile(
    rf"^[ \u00a0](?:(?:que|qu['’])[ \u00a0]?(?P<fr>(?:[Ll][ae]?s? |[Ll]['’])?[{UPPER}][^,.;:!?]{{1,50}}?) (?:a|ont) (?:pu (?:consulter|lire|voir)|"
    rf"consultée?s?|obtenue?s?|vue?s?|lue?s?)|(?:obtained|seen|reviewed|viewed) by (?:the )?(?P<en>{NAME}))"
)
# What an agency is called before a proper name: "l'agence de presse Somewhere" is named Somewhere.
GENERIC = re.compile(r"(?:agence(?: de presse| d'information| officielle)*|(?:press|news) agency) (?=\S)")
APPOSED = re.compile(rf"^[^,.;:!?]{{0,60}}, (?P<name>{NAME})(?=[.,])")
CALLED_AGENCY = re.compile(
    rf"\b[Aa]gence(?: de presse| d['’]information)? (?P<fr>{NAME})|\b(?:[Nn]ews|[Pp]ress) agency (?P<en>{NAME})"
)
DATELINE = re.compile(rf"^\s*[{UPPER}][^()—–\n]{{1,50}}\((?P<names>{NAME})\)\s*[—–-]")
DESK = re.compile(
    r"\b(?:[Pp]ar|[Bb]y|[Vv]on)\s+(?P<name>[Ll]a [Rr]édaction|[Tt]he [Nn]ewsroom|[Nn]ewsroom|[Ss]taff|[Rr]edaktion)\b"
)
SAID_IN_A_STATEMENT = re.compile(
    rf"(?<![\w’'\-])(?P<name>(?:[Tt]he )?[{UPPER}][\w’'\-]{{1,40}}(?: (?:of |the )?[\w’'\-]{{1,40}}){{0,5}}?) (?:said|announced|confirmed) in (?:a|an) (?:statement|press release|report|interview)"
)
