# ruff: noqa: E501 - a pattern is a row of data, and is read better whole
"""The words of restrictions, French and English: data for the finder beside it."""

import re

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
