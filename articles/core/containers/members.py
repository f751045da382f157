"""Members of archives that are no material: what systems leave beside files."""

# As parts of a path.
CLUTTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".svn"})


def is_clutter(name: str) -> bool:
    """Whether a member is a system's own: resource forks, previews, the look of a folder."""
    parts = name.replace("\\", "/").split("/")
    return not CLUTTER.isdisjoint(parts) or parts[-1].startswith("._")
