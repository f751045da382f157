# ruff: noqa: E501 - a pattern is a row of data, and is read better whole
"""The words of picture credits, French and English: data for the finders beside it."""

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
