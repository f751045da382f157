# ruff: noqa: E501 - a pattern is a row of data, and is read better whole
"""The words of picture credits and of restrictions, French and English: data for the finders beside it."""

import re

from articles.core.attribution.words import UPPER

CREDIT_WORDS = (
    r"(?:Crédits?(?:[ \u00a0-](?:photos?|images?|vidéo))?|Photo[ \u00a0-]?[Cc]redits?|(?:Image|Picture)[ \u00a0-]?[Cc]redits?|"
    r"Credits?|Photos?(?: d['’]illustration)?|Photographie|Images?|Illustration|Ph\.|CREDIT|PHOTO|Foto)"
)
# A picture's credit ends where a restriction, a full stop or another picture begins.
CREDIT_NAME = r"(?P<name>[^()\n]{2,120}?)"
CREDIT_END = r"\s*(?=\)|/ ?RESTRICTED|\.(?:\s|$)|$|\n|[;|])"
PHOTO: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\(\s*(?:Photo|Image|Picture|Illustration|Photographie)s? ?(?:[Bb]y|[Pp]ar|de|d['’]|:|©)\s*{CREDIT_NAME}\s*\)",
        r"\(\s*(?P<name>(?:AP|REUTERS|Reuters|AFP|EPA|Flash90)(?: Photo)?\s?/[^()\n]{2,80})\)",
        rf"\(\s*{CREDIT_WORDS}\s*[:©]\s*{CREDIT_NAME}\s*\)",
        rf"(?:\b|(?<=[a-zà-ÿ]))(?:{CREDIT_WORDS}|Photograph(?:er|s|y)?)\s*[:©]\s*(?:©\s*)?{CREDIT_NAME}{CREDIT_END}",
        rf"(?:[Pp]hoto|[Ii]mage|[Ii]llustration|[Vv]idéo|[Cc]arte|[Dd]ocument)s? (?:transmise?|fournie?|diffusée?|publiée?|prise?|remise?)s? par "
        rf"(?:la |le |les |l['’])?{CREDIT_NAME}{CREDIT_END}",
        rf"\b(?:[Pp]hoto|[Ii]mage|[Pp]icture)s? (?:provided|supplied|released|taken) by (?:the )?{CREDIT_NAME}{CREDIT_END}",
        rf"\b(?:Photo|Image|Picture)s? (?:[Bb]y|[Pp]ar)\s+{CREDIT_NAME}{CREDIT_END}",
        rf"\b(?:[Rr]eproduite?s?|[Pp]ubliée?s?|[Pp]hoto|[Ii]mage) avec l['’](?:aimable )?autorisation (?:de |du |des |d['’])"
        rf"(?:la |l['’]|les |le )?{CREDIT_NAME}{CREDIT_END}",
        rf"\b[Cc]ourtesy (?:of )?(?:the )?{CREDIT_NAME}{CREDIT_END}",
    )
)
PHOTO_IN_CAPTION: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"©\s*(?:\d{{4}}\s*)?{CREDIT_NAME}{CREDIT_END}",
        rf"(?:^|[.!?»\"”)(]\s*|[-–—|]\s+)(?P<name>(?:[{UPPER}][\w.’'\-]{{1,40}} ){{0,4}}[{UPPER}][\w.’'\-]{{1,40}}\s?(?:/|via)\s?"
        rf"(?:AFP|AP|Reuters|REUTERS|EPA|Getty Images|Getty|SIPA|Sipa|Abaca|ABACA|MAXPPP|Flash90|dpa|ANSA|EFE|TASS|Anadolu)"
        r"(?: Images)?)\b",
        rf"[.!?»”\"]\s+(?P<name>[{UPPER}][{UPPER}.’'\-]+(?: [{UPPER}][{UPPER}.’'\-]{{0,40}}){{1,40}}(?: ?/ ?[{UPPER}][{UPPER}0-9.’'\- ]+)?)\s*$",
    )
)

# "… ne peut être reproduit": the one phrase whose span begins before it, so that it is tried from every place.
CANNOT = re.compile(r"\bne peu(?:t|vent) être (?:reproduit|repris|diffusé|redistribué)")
# (pattern, constraint): the span is what matched.
RESTRICTED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), constraint)
    for pattern, constraint in (
        (r"\bRESTRICTED TO EDITORIAL USE\b[^\n]*", "editorial_use_only"),
        (r"\b(?:FOR )?EDITORIAL USE ONLY\b[^\n]*", "editorial_use_only"),
        (
            r"\b[Uu]sage (?:strictement )?éditorial (?:uniquement|seulement|exclusivement)|\b[Ff]or editorial use only",
            "editorial_use_only",
        ),
        (r"(?:^|(?<=[Pp]hoto )|(?<=[:©] ))D\.?R\.?(?=\s*$)", "other"),
        (r"\b[Tt]oute reprise[^\n.]{0,60}doit (?:mentionner|citer|comporter)[^\n.]*", "mandatory_credit"),
        (
            r"\bMANDATORY CREDIT\b[^\n]*|\b[Mm]andatory credit\b[^\n.]*|\b[Mm]ention obligatoire\b[^\n.]*",
            "mandatory_credit",
        ),
        (r"\bNO ARCHIVES?\b|\b[Pp]as d['’]archivage\b", "no_archive"),
        (r"\bNO (?:RE)?SALES?\b|\b[Rr]evente interdite\b|\bNOT FOR (?:RE)?SALE\b", "no_resale"),
        (
            r"\b(?:SOUS )?EMBARGO(?:ED)?\b[^\n.]*|\b(?:[Ss]ous embargo|[Ee]mbargoed? (?:until|till|jusqu))[^\n.]*",
            "embargo",
        ),
        (
            r"\bNot for (?:publication|release|broadcast) before[^\n.]*|\bNe pas (?:publier|diffuser) avant[^\n.]*",
            "embargo",
        ),
        (
            r"(?i:\btous droits (?:de reproduction )?(?:et de \w+ )?réservés\b)|(?i:\ball rights reserved\b)",
            "all_rights_reserved",
        ),
        (
            r"\b[Rr]eproduction (?:(?:même )?partielle |totale |intégrale |(?:totale )?ou partielle |strictement |et diffusion )*"
            r"interdite[^\n.]*|\b[Tt]oute (?:reproduction|utilisation|diffusion)[^\n.]{0,120}(?:interdite|autorisation|accord)[^\n.]*"
            r"|\b(?:[Tt]his|[Nn]o) (?:material|article|part|content)[^\n.]{0,80}(?:may|must|be) (?:not )?be (?:published|reproduced|"
            r"reprinted|republished|copied)[^\n.]*|\b[Rr]eproduction (?:is )?(?:prohibited|forbidden)[^\n.]*"
            rf"|[^\n.]{{0,80}}{CANNOT.pattern}[^\n.]*"
            r"|\bNo part of this[^\n.]{0,60}may be[^\n.]*",
            "all_rights_reserved",
        ),
        (
            r"\bCC[ -]BY(?:-(?:NC|ND|SA))*(?:[ -]\d\.\d)?(?: [A-Z]{2})?\b|\b(?:[Ll]icence |[Ll]icense )?Creative Commons(?: [A-Z][\w\-]+(?: \d\.\d)?)*",
            "licence",
        ),
        (
            r"\b[Ll]icence [Oo]uverte\b[^\n.]{0,20}|\bCC0\b|\b[Dd]omaine public\b(?= *$)|\b[Pp]ublic domain\b(?= *$)",
            "licence",
        ),
    )
)
# The same for a text without that phrase.
CHEAP: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern.pattern.replace(rf"|[^\n.]{{0,80}}{CANNOT.pattern}[^\n.]*", "")), constraint)
    for pattern, constraint in RESTRICTED
)
