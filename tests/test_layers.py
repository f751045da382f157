"""The house: imports point inwards only, the core knows no Django, and what is done in one place is done only there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(path for path in (ROOT / "articles").rglob("*.py") if "__pycache__" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Which layers a layer may import from, besides itself. ``core`` is innermost.
MAY_IMPORT = {
    "core": set(),
    "models": {"core"},
    "actions": {"core", "models"},
    "intake": {"core", "models", "actions"},
    "forms": {"core", "models", "actions"},
    "feeds": {"core", "models"},
    "views": {"core", "models", "actions", "intake", "forms", "feeds"},
    "admin": {"core", "models", "actions"},
    "training": {"core"},
    "management": {"core", "models", "actions", "intake", "training"},
    "urls": {"views"},
    "checks": set(),
    "apps": {"checks"},
    "migrations": {"core", "models"},
}
# What the steps of reading share. Everything else in core is a step, composed by reading.py only.
SHARED = {
    "articles.core.values",
    "articles.core.edits",
    "articles.core.folding",
    "articles.core.registry",
    "articles.core.trees",
    "articles.core.cleaning.kinds",
    "articles.core.metadata.table",
    "articles.core.attribution.table",
}
STEPS = ("formats", "blocks", "cleaning", "metadata", "attribution", "entities", "similarity", "quality")


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything that a file says; each is parsed once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The full names of all modules and names that a file imports, inside functions too."""
    found: list[str] = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by full names"
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def layer_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", CODE, ids=module_of)
def test_imports_point_inwards_only(path: Path) -> None:
    layer = layer_of(module_of(path))
    if not layer:
        return
    wrong = [
        name
        for name in imports(path)
        if name.startswith("articles.") and layer_of(name) != layer and layer_of(name) not in MAY_IMPORT[layer]
        # The app registers its checks by importing them.
    ]
    assert wrong == []


def test_every_package_of_the_app_has_a_place_among_the_layers() -> None:
    assert {layer_of(module_of(path)) for path in CODE} - {"", "demo"} <= set(MAY_IMPORT)


def test_forms_take_only_value_types_from_the_actions() -> None:
    taken = {
        name for path in CODE if layer_of(module_of(path)) == "forms" for name in imports(path) if ".actions." in name
    }
    assert all(name.rsplit(".", 1)[1][0].isupper() for name in taken), taken


def step_of(module: str) -> str:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["articles", "core"] and len(parts) > 2 else ""


@pytest.mark.parametrize("path", [p for p in CODE if step_of(module_of(p)) in STEPS], ids=module_of)
def test_steps_of_reading_do_not_import_each_other(path: Path) -> None:
    step = step_of(module_of(path))
    wrong = [
        name
        for name in imports(path)
        if step_of(name) in STEPS
        and step_of(name) != step
        and name not in SHARED
        and name.rsplit(".", 1)[0] not in SHARED
    ]
    assert wrong == []


def test_only_reading_puts_the_steps_together() -> None:
    composing = {
        module_of(path)
        for path in CODE
        if layer_of(module_of(path)) == "core"
        and len({step_of(name) for name in imports(path)} & set(STEPS)) > 2
        and step_of(module_of(path)) not in STEPS
    }
    assert composing <= {"articles.core.reading", "articles.core.contract"}
    assert "articles.core.reading" in composing


def test_the_core_knows_no_django() -> None:
    outside = {name.split(".")[0] for path in CODE if layer_of(module_of(path)) == "core" for name in imports(path)}
    assert not outside & {"django", "newsroom", "django_htmx", "whitenoise", "logging"}


def test_bleach_is_known_to_one_module() -> None:
    known = {module_of(path) for path in CODE if any(name.split(".")[0] == "bleach" for name in imports(path))}
    assert known == {"articles.core.safe_html"}


def names_read(path: Path, attribute: str) -> Iterator[str]:
    """The functions of a file that read an attribute, also through getattr."""
    for node in nodes(path):
        if not isinstance(node, ast.FunctionDef):
            continue
        for inner in ast.walk(node):
            direct = isinstance(inner, ast.Attribute) and inner.attr == attribute
            through = (
                isinstance(inner, ast.Call)
                and isinstance(inner.func, ast.Name)
                and inner.func.id == "getattr"
                and any(isinstance(arg, ast.Constant) and arg.value == attribute for arg in inner.args)
            )
            if direct or through:
                yield f"{module_of(path)}.{node.name}"


def test_one_function_reads_request_htmx() -> None:
    assert {name for path in CODE for name in names_read(path, "htmx")} == {"articles.views.answers.wants_panels"}


def test_html_comes_from_templates_only() -> None:
    makers = {
        module_of(path)
        for path in CODE
        for name in imports(path)
        if name.rsplit(".", 1)[-1] in {"mark_safe", "format_html", "format_html_join", "SafeString"}
    }
    assert makers <= {"articles.admin"}
    assert not any("mark_safe" in path.read_text(encoding="utf-8") for path in CODE)


def test_only_sanitised_html_goes_unescaped_into_templates() -> None:
    safe = {
        (path.relative_to(ROOT / "templates").as_posix(), match.group(1))
        for path in TEMPLATES
        for match in re.finditer(r"{{\s*([^}|]+?)\s*\|[^}]*\bsafe\b[^}]*}}", path.read_text(encoding="utf-8"))
    }
    assert safe == {
        ("articles/transition.html", "page.snapshot.html"),
        ("articles/publication.html", "publication.html"),
        ("articles/feed_body.html", "entry.html"),
        ("articles/linked_data.html", "linked_data"),
    }
    assert not [path for path in TEMPLATES if re.search(r"autoescape\s+off|safeseq", path.read_text(encoding="utf-8"))]


def test_templates_hold_no_inline_script_style_or_handler() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        # Linked data is no script: no browser runs it.
        code = text.replace('<script type="application/ld+json">{{ linked_data|safe }}</script>', "")
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*[^<\s]", code), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text), path


def test_there_are_no_signals_and_no_drawer_of_odds_and_ends() -> None:
    for path in CODE:
        assert path.name not in {"utils.py", "helpers.py", "misc.py", "signals.py"}
        assert not any(name.startswith("django.db.models.signals") for name in imports(path)), path
        defined = {node.name for node in nodes(path) if isinstance(node, ast.FunctionDef)}
        if layer_of(module_of(path)) == "models":
            assert "save" not in defined, path
