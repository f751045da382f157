"""What each character is: one class a code point, so that the characters of a whole page are counted at once."""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from articles.core.codepoints import codes

CLASSES = (
    "space", "lower", "upper", "digit", "cjk", "rtl", "letter", "stop", "comma", "colon", "quote", "dash", "bar",
    "paren", "slash", "symbol", "apostrophe", "question", "ellipsis", "currency",
)  # fmt: skip
CLASS = {name: number for number, name in enumerate(CLASSES)}
SIGNS = {
    "stop": ".!؟।。！．",
    "question": "?？",
    "comma": ",;،؛、，",
    "colon": ":：",
    "quote": '"«»“”„‟「」『』【】',
    "apostrophe": "'’‘`",
    "bar": "|•·›‹>▪●◦*→←▶►■◆—",
    "paren": "()[]{}",
    "slash": "/@#&_\\",
    "ellipsis": "…",
}
# Ideographs, kana and Hangul; the presentation forms of Hebrew and Arabic.
CJK = ((0x3041, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00))
RTL = ((0xFB1D, 0xFE00), (0xFE70, 0xFF00))
READ_ONE_BY_ONE = 0x3000


@cache
def table() -> npt.NDArray[np.uint8]:
    """[0x110000] the class of each code point; built once, in some milliseconds."""
    classes = np.full(0x110000, CLASS["symbol"], np.uint8)
    classes[:READ_ONE_BY_ONE] = [CLASS[_class(code)] for code in range(READ_ONE_BY_ONE)]
    for name, ranges in (("cjk", CJK), ("rtl", RTL)):
        for first, end in ranges:
            classes[first:end] = CLASS[name]
    classes[[0x3000, 0xFEFF]] = CLASS["space"]
    for name, signs in SIGNS.items():
        classes[[ord(sign) for sign in signs]] = CLASS[name]
    return classes


def _class(code: int) -> str:
    category = unicodedata.category(chr(code))
    if category[0] == "Z" or category in ("Cc", "Cf"):
        return "space"
    if category[0] in "LM":
        if 0x590 <= code <= 0x8FF:
            return "rtl"
        return "upper" if category in ("Lu", "Lt") else "lower" if category == "Ll" else "letter"
    return {"Nd": "digit", "Pd": "dash", "Sc": "currency"}.get(category, "symbol")


def of(text: str) -> npt.NDArray[np.uint8]:
    """[len(text)] the class of each character."""
    return table().take(codes(text))
