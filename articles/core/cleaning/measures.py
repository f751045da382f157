"""What is measured on each line of a page before any model looks at it: lines -> a table of figures.

All lines of a page are measured at once (numpy over the characters and words of the whole page), because a page has
hundreds of lines and the desk reads thousands of pages. ``COLUMNS`` names the columns, in order.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from articles.core.cleaning import characters
from articles.core.cleaning.characters import CLASS, CLASSES
from articles.core.cleaning.tokens import Tokens
from articles.core.cleaning.windows import Names, Row, Table, around, shifted, since, table_of, until

Mask = npt.NDArray[np.bool_]
Columns = dict[str, Row]
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
TIME = re.compile(r"\b\d{1,2}\s?(?:[:h]\s?\d\d|[ap]\.?m\b)", re.IGNORECASE)
NUMERIC_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b")
ADDRESS = re.compile(r"https?://|www\.|\.(?:com|org|net|fr|de|co)\b|@\w", re.IGNORECASE)
# Longer lines are paragraphs: a date in them says nothing about the line.
LONGEST_DATED = 300
SHORT = 14
PROSE, SURELY_PROSE = 12, 28
COUNTED = (
    "comma", "stop", "question", "colon", "quote", "dash", "bar", "paren", "slash", "symbol", "apostrophe", "ellipsis",
    "currency",
)  # fmt: skip
REACHES = (2, 5, 12, 30)
NEAR = 6
CONTENT_WORD = 4
ENDS = np.array([name in ("stop", "question", "ellipsis") for name in CLASSES])
CLOSES = np.array([name in ("quote", "paren", "apostrophe") for name in CLASSES])
OPENERS = ("upper", "rtl", "letter", "quote", "cjk", "apostrophe")
OPENS_SENTENCE = np.array([name in OPENERS for name in CLASSES])


def measure(texts: Sequence[str], tokens: Tokens) -> tuple[Table, Names]:
    """[n, columns] for ``texts``, the n lines of a page as a reader sees them, and the columns' names."""
    found = _of_characters(texts)
    _dates(found, texts)
    _repeats(found, texts)
    words, stopped = found["words"], found["stopped"] > 0
    prose = ((words >= PROSE) & stopped) | (words >= SURELY_PROSE)
    found["prose"] = prose.astype(np.float32)
    _places(found, words, prose)
    _neighbours(found, len(texts))
    _topic(found, tokens, prose)
    return table_of(found)


def _of_characters(texts: Sequence[str]) -> Columns:
    """Each line by itself: how long, which signs, how it begins and ends."""
    n, lengths = len(texts), np.fromiter(map(len, texts), np.int64, len(texts))
    kinds = characters.of("\n".join(texts))
    line = np.repeat(np.arange(n), lengths + 1)[: len(kinds)]
    counts = np.bincount(line * len(CLASSES) + kinds, minlength=n * len(CLASSES)).reshape(n, -1).astype(np.float32)
    in_word = (kinds >= CLASS["lower"]) & (kinds <= CLASS["letter"])
    begins = in_word & ~np.concatenate([[False], in_word[:-1]])
    words = (np.bincount(line[begins], minlength=n) + counts[:, CLASS["cjk"]] / 2).astype(np.float32)
    capitals = np.bincount(line[begins & (kinds == CLASS["upper"])], minlength=n)
    starts = np.cumsum(lengths + 1) - lengths - 1
    ends = _sentence_ends(kinds)
    first, last, before = (_at(kinds, starts + by, lengths > need) for by, need in _edges(lengths))
    letters = counts[:, [CLASS[name] for name in ("lower", "upper", "cjk", "rtl", "letter")]].sum(axis=1)
    some_words = np.maximum(words, 1)
    size = np.maximum(lengths, 1)
    found: Columns = {
        "chars": lengths.astype(np.float32),
        "words": words,
        "log_words": np.log1p(words),
        "word_length": counts[:, CLASS["lower"] : CLASS["letter"] + 1].sum(axis=1) / some_words,
        "upper": counts[:, CLASS["upper"]] / np.maximum(letters, 1),
        "capitals": (capitals / some_words).astype(np.float32),
        "digits": (counts[:, CLASS["digit"]] / size).astype(np.float32),
        "sentences": np.bincount(line[ends], minlength=n).astype(np.float32),
        "stopped": (ENDS[last] | (CLOSES[last] & ENDS[before])).astype(np.float32),
        "first": first.astype(np.float32),
        "last": last.astype(np.float32),
        "commas_a_word": counts[:, CLASS["comma"]] / some_words,
        "cjk": (counts[:, CLASS["cjk"]] / size).astype(np.float32),
        "rtl": (counts[:, CLASS["rtl"]] / size).astype(np.float32),
    }
    return found | {name: counts[:, CLASS[name]] for name in COUNTED}


def _edges(lengths: npt.NDArray[np.int64]) -> tuple[tuple[npt.NDArray[np.int64] | int, int], ...]:
    """Where the first, the last and the last but one character stand from a line's start, and how long it must be."""
    return (0, 0), (lengths - 1, 0), (lengths - 2, 1)


def _at(kinds: npt.NDArray[np.uint8], at: npt.NDArray[np.int64], there: Mask) -> npt.NDArray[np.uint8]:
    if not len(kinds):
        return np.zeros(len(at), np.uint8)
    return np.where(there, kinds[np.clip(at, 0, len(kinds) - 1)], 0).astype(np.uint8)


def _sentence_ends(kinds: npt.NDArray[np.uint8]) -> Mask:
    """Which characters end a sentence that another follows: a stop, a space, and what may open a sentence."""
    following, second = np.zeros_like(kinds), np.zeros_like(kinds)
    following[:-1], second[:-2] = kinds[1:], kinds[2:]
    opens = (following == CLASS["space"]) & OPENS_SENTENCE[second]
    ends: Mask = ENDS[kinds] & (opens | (following == CLASS["quote"]))
    return ends


def _dates(found: Columns, texts: Sequence[str]) -> None:
    short = found["chars"] < LONGEST_DATED
    dated = np.flatnonzero((found["digits"] > 0) & short)
    for name, pattern in (("year", YEAR), ("time", TIME), ("numeric_date", NUMERIC_DATE)):
        found[name] = _matching(pattern, texts, dated)
    addressed = np.flatnonzero((found["slash"] + found["stop"] > 0) & short)
    found["address"] = _matching(ADDRESS, texts, addressed)
    line = (found["year"] + found["time"] + found["numeric_date"] > 0) & (found["words"] <= SHORT)
    found["since_date"], found["until_date"] = since(line), until(line)
    found["dates_near"] = around(line.astype(np.float32), 5)
    found["dates_page"] = np.full(len(texts), line.sum(), np.float32)


def _matching(pattern: re.Pattern[str], texts: Sequence[str], lines: npt.NDArray[np.int64]) -> Row:
    row = np.zeros(len(texts), np.float32)
    for i in lines.tolist():
        row[i] = pattern.search(texts[i]) is not None
    return row


def _repeats(found: Columns, texts: Sequence[str]) -> None:
    index: dict[str, int] = {}
    keys = np.array([index.setdefault(text.casefold(), len(index)) for text in texts], np.int64)
    found["repeated"] = np.bincount(keys)[keys].astype(np.float32)


def _places(found: Columns, words: Row, prose: Mask) -> None:
    """Where on the page the line stands, in lines, in words and in words of prose."""
    n = len(words)
    at = np.arange(n, dtype=np.float32)
    all_words, prose_words = float(words.sum()) or 1.0, words * prose
    all_prose = float(prose_words.sum()) or 1.0
    so_far = np.cumsum(prose_words)
    found["place"] = at / max(n - 1, 1)
    found["from_start"], found["from_end"] = np.minimum(at, 300), np.minimum(n - 1 - at, 300)
    found["words_place"] = (np.cumsum(words) - words / 2) / all_words
    found["prose_place"] = (so_far - prose_words / 2) / all_prose
    found["prose_before"], found["prose_after"] = so_far - prose_words, all_prose - so_far
    found["since_prose"], found["until_prose"] = since(prose), until(prose)
    page = {
        "page_lines": n,
        "page_prose": all_prose,
        "page_prose_lines": int(prose.sum()),
        "page_prose_share": all_prose / all_words,
        "page_median": float(np.median(words)),
        "page_words": all_words,
    }
    found |= {name: np.full(n, value, np.float32) for name, value in page.items()}


def _neighbours(found: Columns, n: int) -> None:
    capitals, stopped, log_words = found["capitals"], found["stopped"], found["log_words"]
    for step in (1, 2, 3):
        for by, side in ((step, "before"), (-step, "after")):
            found[f"log_words_{side}{step}"] = shifted(log_words, by)
            found[f"stopped_{side}{step}"] = shifted(stopped, by)
            if step < 3:
                for name in ("capitals", "digits", "commas_a_word"):
                    found[f"{name}_{side}{step}"] = shifted(found[name], by)
    rows = {
        "log_words": log_words,
        "prose_words": found["prose"] * found["words"],
        "prose": found["prose"],
        "capitals": capitals,
        "stopped": stopped,
    }
    for reach in REACHES:
        means = around(np.stack(list(rows.values())), reach)
        found |= {f"{name}_{reach}": row for name, row in zip(rows, means, strict=True)}
    # Lists repeat one shape (headline, teaser, date): how unlike is the line ``step`` lines away?
    shape = np.stack([log_words, stopped * 2, capitals * 2, np.minimum(found["digits"] * 6, 2)], axis=1)
    for step in (1, 2, 3, 4):
        apart = np.full(n, 9, np.float32)
        if n > step:
            apart[step:] = np.abs(shape[step:] - shape[:-step]).sum(axis=1)
        found[f"unlike_{step}"] = np.minimum(apart, shifted(apart, -step, 9.0))


def _topic(found: Columns, tokens: Tokens, prose: Mask) -> None:
    """How many of a line's longer words occur elsewhere on the page: an article repeats its own, a teaser does not."""
    n, size = tokens.lines, len(tokens.words)
    lengths = np.fromiter(map(len, tokens.words), np.int64, size)
    long = lengths[tokens.ids] >= CONTENT_WORD
    pairs = np.unique(tokens.ids[long] * n + tokens.line[long])
    word, line = pairs // n, pairs % n
    many = np.bincount(line, minlength=n)
    some = np.maximum(many, 1)
    on_lines = np.bincount(word, minlength=size)
    on_prose = np.bincount(word[prose[line]], minlength=size)
    earlier, later = _near(word, line, prose)
    rows = {
        "shared": on_lines[word] > 1,
        "shared_prose": on_prose[word] - prose[line] > 0,
        "shared_near": earlier | later,
        "shared_earlier": earlier,
    }
    found["content_words"] = many.astype(np.float32)
    for name, mask in rows.items():
        found[name] = (np.bincount(line[mask], minlength=n) / some).astype(np.float32)


def _near(word: npt.NDArray[np.int64], line: npt.NDArray[np.int64], prose: Mask) -> tuple[Mask, Mask]:
    """Which (word, line) pairs, in order, have the word on a line of prose at most NEAR lines earlier, and later."""
    count = len(word)
    if not count:
        return np.zeros(0, bool), np.zeros(0, bool)
    at = np.arange(count)
    on_prose = prose[line]
    last = np.concatenate([[-1], np.maximum.accumulate(np.where(on_prose, at, -1))[:-1]])
    following = np.minimum.accumulate(np.where(on_prose, at, count)[::-1])[::-1]
    coming = np.concatenate([following[1:], [count]])
    safe = np.minimum(coming, count - 1)
    earlier = (last >= 0) & (word[last] == word) & (line - line[last] <= NEAR)
    later = (coming < count) & (word[safe] == word) & (line[safe] - line <= NEAR)
    return earlier, later
