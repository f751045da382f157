"""Files that a worker may be reading while they are written, and arrays in files whose bytes say nothing but them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

# A zip file remembers when it was made; the same arrays must give the same bytes.
MADE = (1980, 1, 1, 0, 0, 0)


def save(path: Path, arrays: Mapping[str, Any]) -> int:
    """Write arrays as numpy's npz; how many bytes they are. The same arrays give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", MADE), held.getvalue(), zipfile.ZIP_DEFLATED)
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, whole.getvalue())
    return path.stat().st_size


def put(path: Path, content: bytes) -> None:
    """Write a file at once: a worker may be reading the one that is there."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
