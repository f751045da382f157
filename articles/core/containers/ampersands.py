"""Bare ampersands of a feed, written as XML wants them before a parser drops them."""

import re

OPENS, CLOSES = b"<![CDATA[", b"]]>"
BARE = re.compile(rb"&(?!#?\w{1,31};)")
# What may be cut in two at the end of a piece is no longer.
LONGEST = 40


class Ampersands:
    """Mends an XML file piece by piece; what stands in CDATA is as it should be."""

    def __init__(self) -> None:
        self.held = b""
        self.in_cdata = False

    def mended(self, data: bytes, *, last: bool = False) -> bytes:
        """As much of what came so far as is certain; all of it with the last piece."""
        data, out, at = self.held + data, [], 0
        while True:
            end = data.find(CLOSES if self.in_cdata else OPENS, at)
            stop = end if end >= 0 else len(data) if last else self._certain(data, at)
            out.append(data[at:stop] if self.in_cdata else BARE.sub(b"&amp;", data[at:stop]))
            if end < 0:
                self.held = data[stop:]
                return b"".join(out)
            out.append(CLOSES if self.in_cdata else OPENS)
            at = end + len(out[-1])
            self.in_cdata = not self.in_cdata

    def _certain(self, data: bytes, at: int) -> int:
        """How far nothing can be the beginning of a reference or of a mark."""
        tail = max(at, len(data) - LONGEST)
        marks = (b"]",) if self.in_cdata else (b"&", b"<")
        return min((found for mark in marks if (found := data.find(mark, tail)) >= 0), default=len(data))
