"""Text that was decoded twice, read rightly, and what cannot be stored, taken out; every repair is counted."""

import re
from collections import Counter

import ftfy
from ftfy.badness import is_bad

from articles.core.values import Repair

type Repairs = Counter[tuple[str, str]]

UNWANTED = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
MEND_LIMIT = 20_000
# So many suspects are looked up where they stand; the patterns of damage reach so far around them.
FEW, AROUND = 20, 2
# White space and what stands on a keyboard become spaces; control bytes and all above ASCII stay.
PLAIN = bytes(0x20 if n in b"\t\n\x0b\x0c\r\x1b" or 0x20 <= n < 0x7F else n for n in range(256))
# These alone are damage or not by the plain character behind them; all other damage is in the run itself.
LONE = frozenset(character.encode() for character in "ŒœÂÃ")
LONE_DAMAGE = re.compile(rb"\xc5[\x92\x93][^A-Za-z\x80-\xff]|\xc3[\x82\x83] ")
# Letters of scripts in which no run of letters is damage, and characters that are lost for good: looked at so that pages
# full of them are not searched for each.
HARMLESS = re.compile(
    "[\u0386\u0388-\u0401\u0403-\u045f\u0530-\u1fff\u3000-\uf8fe\U00010000-\U0010ffff]+|[\x00-\x1f\x7f\ufffd]+"
)


def unusual(data: bytes) -> set[bytes]:
    """The distinct runs of control bytes and of bytes above ASCII: few, even on a long page."""
    return set(data.translate(PLAIN).split())


def listed(repairs: Repairs) -> tuple[Repair, ...]:
    """The counted repairs as values, the most frequent first."""
    return tuple(Repair(before=before, after=after, count=n) for (before, after), n in repairs.most_common())


def mended(text: str, repairs: Repairs) -> str:
    """Text without what cannot be stored, and with UTF-8 that was read as another encoding read rightly.

    Only encodings are mended: quotes, ligatures and no-break spaces are the author's and stay.
    """
    data = text.encode("utf-8", "surrogatepass")
    return mended_runs(text, data, unusual(data), repairs)


def mended_runs(text: str, data: bytes, runs: set[bytes], repairs: Repairs) -> str:
    """The same for a text whose UTF-8 is ``data``, with these unusual runs: what no run betrays is not searched."""
    if UNWANTED.search(b" ".join(runs).decode("utf-8", "surrogatepass")):
        text = UNWANTED.sub(lambda match: _without(match[0], repairs), text)
        data = text.encode()
        runs = unusual(data)
    damaged = _damaged(data, runs)
    if len(damaged) <= FEW:
        damaged = {run for run in damaged if _is_damage(text, run.decode())}
    if not damaged:
        return text
    return "".join(_mended_line(line, damaged, repairs) for line in _slices(text))


def _damaged(data: bytes, runs: set[bytes]) -> set[bytes]:
    """The runs that may be damage, whatever stands around them."""
    lone = runs & LONE
    if lone and not LONE_DAMAGE.search(data):
        lone = set()
    probes = {run: _in_all_contexts(word) for run in runs - LONE if not HARMLESS.fullmatch(word := run.decode())}
    if not is_bad("\n".join(probes.values())):
        return lone
    return lone | {run for run, probe in probes.items() if is_bad(probe)}


def _in_all_contexts(run: str) -> str:
    """The run between letters and between spaces, as the patterns of damage ask for either."""
    return f"a{run}aa {run}aa a{run} a {run} a"


def _is_damage(text: str, run: str) -> bool:
    """Whether it is damage between the characters that stand around it here: é” before a space is none."""
    at = text.find(run)
    while at >= 0:
        if is_bad(text[max(0, at - AROUND) : at + len(run) + AROUND]):
            return True
        at = text.find(run, at + len(run))
    return False


def _slices(text: str) -> list[str]:
    """Lines, and lines that are very long in parts, so that mending costs the same for each character."""
    found: list[str] = []
    for line in text.split("\n"):
        parts = [line[at : at + MEND_LIMIT] for at in range(0, len(line), MEND_LIMIT)] or [""]
        parts[-1] += "\n"
        found += parts
    found[-1] = found[-1][:-1]
    return found


def _without(character: str, repairs: Repairs) -> str:
    after = "\ufffd" if "\ud800" <= character <= "\udfff" else ""
    repairs[f"U+{ord(character):04X}", after] += 1
    return after


def _mended_line(line: str, damaged: set[bytes], repairs: Repairs) -> str:
    if line.isascii() or unusual(line.encode()).isdisjoint(damaged) or not is_bad(line):
        return line
    better = ftfy.fix_encoding(line)
    if better == line:
        return line
    # Split at ASCII spaces only: a no-break space is often half of a damaged letter.
    before, after = line.split(" "), better.split(" ")
    if len(before) != len(after):
        before, after = [line], [better]
    for old, new in zip(before, after, strict=True):
        if old != new:
            repairs[_difference(old, new)] += 1
    return better


def _difference(old: str, new: str) -> tuple[str, str]:
    """The two words without what they share at their ends."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]
