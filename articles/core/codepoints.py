"""Texts as arrays of code points, so that what is asked of each character of a page is asked of all at once."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
EVERY = 0x110000
UNKNOWN = np.uint32(0xFFFFFFFF)


def codes(text: str) -> Codes:
    """[len(text)] the code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(points: Codes) -> str:
    """The text of these code points."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


class PerCharacter:
    """A number for each character: ``ask`` is asked once a character and process, when it is met for the first time."""

    def __init__(self, ask: Callable[[str], int]) -> None:
        self._ask = ask
        self._known = np.full(EVERY, UNKNOWN)

    def of(self, points: Codes) -> Codes:
        """[n] the numbers of n characters."""
        found = self._known.take(points)
        new = points[found == UNKNOWN]
        if not len(new):
            return found
        for code in set(new.tolist()):
            self._known[code] = self._ask(chr(code))
        return self._known.take(points)
