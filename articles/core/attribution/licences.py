"""Licences that a text may come under: one table, and the words that name each."""

import re
from dataclasses import dataclass
from typing import Literal

Demand = Literal["attribution", "share_alike", "non_commercial", "no_derivatives"]
DEMANDS: dict[Demand, str] = {
    "attribution": "name the author and the licence",
    "share_alike": "pass it on under the same licence",
    "non_commercial": "no commercial use",
    "no_derivatives": "no changes to the work",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRow:
    """A row of LICENCES. ``address`` is where its terms stand; ``{version}`` in it is the version that a text names, or
    ``version``. ``demands`` are what it asks of who publishes."""

    name: str
    label: str
    address: str
    demands: tuple[Demand, ...] = ()
    version: str = ""

    def url(self, version: str = "") -> str:
        return self.address.format(version=version or self.version)


def _cc(name: str, label: str, *demands: Demand) -> LicenceRow:
    address = f"https://creativecommons.org/licenses/{name.removeprefix('cc-')}/{{version}}/"
    return LicenceRow(name=name, label=label, address=address, demands=("attribution", *demands), version="4.0")


LICENCES: dict[str, LicenceRow] = {
    row.name: row
    for row in (
        _cc("cc-by", "CC BY"),
        _cc("cc-by-sa", "CC BY-SA", "share_alike"),
        _cc("cc-by-nd", "CC BY-ND", "no_derivatives"),
        _cc("cc-by-nc", "CC BY-NC", "non_commercial"),
        _cc("cc-by-nc-sa", "CC BY-NC-SA", "non_commercial", "share_alike"),
        _cc("cc-by-nc-nd", "CC BY-NC-ND", "non_commercial", "no_derivatives"),
        LicenceRow(name="cc0", label="CC0", address="https://creativecommons.org/publicdomain/zero/1.0/"),
        LicenceRow(
            name="public-domain", label="Public domain", address="https://creativecommons.org/publicdomain/mark/1.0/"
        ),
        LicenceRow(
            name="licence-ouverte",
            label="Licence Ouverte",
            address="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            demands=("attribution",),
        ),
        LicenceRow(
            name="ogl",
            label="Open Government Licence",
            address="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/{version}/",
            demands=("attribution",),
            version="3",
        ),
    )
}
# Names beside the codes of Creative Commons; the first that is found decides.
NAMED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("cc0", r"\bCC ?0\b|\bCC[ -]Zero\b|publicdomain/zero"),
        (
            "public-domain",
            r"domaine public|public domain|dominio p[úu]blico|dom[íi]nio p[úu]blico|pubblico dominio|gemeinfrei"
            r"|ملك(?:ية)? عام|נחלת הכלל",
        ),
        ("licence-ouverte", r"licence ouverte|open licence \(etalab|etalab"),
        ("ogl", r"open government licen[cs]e|\bOGL\b"),
    )
)
BY = re.compile(
    r"\bBY\b|licenses/by|attribution|paternité|reconocimiento|atribución|namensnennung|attribuzione|atribuição"
    r"|نسب المصنف|ייחוס",
    re.IGNORECASE,
)
PARTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "nc",
            r"\bNC\b|-nc\b|non[ -]?commercial|pas d['’]utilisation commerciale|no ?comercial|nicht[ -]?kommerziell"
            r"|non commerciale|não[ -]?comercial|غير تجاري|לא מסחרי|שימוש לא-?מסחרי",
        ),
        (
            "nd",
            r"\bND\b|-nd\b|no[ -]?deriv|pas de modification|sin ?(?:obra)?derivada|keine bearbeitung"
            r"|non opere derivate|sem derivações|بدون اشتقاق|ללא יצירות נגזרות",
        ),
        (
            "sa",
            r"\bSA\b|-sa\b|share[ -]?alike|partage (?:dans les mêmes conditions|à l['’]identique)|compartir ?igual"
            r"|weitergabe unter gleichen|condividi allo stesso modo|compartilha ?igual|الترخيص بالمثل|שיתוף זהה",
        ),
    )
)
VERSION = re.compile(r"(?<![\d.])(\d)(?:\.(\d))?(?![\d.])")


def licence_of(words: str) -> dict[str, str]:
    """Which licence these words name: ``licence`` (a name of LICENCES), ``label`` with the version they say, ``url``.
    Empty when they name none in particular."""
    name = next((name for name, pattern in NAMED if pattern.search(words)), "")
    if not name and BY.search(words):
        parts = [part for part, pattern in PARTS if pattern.search(words)]
        # ND leaves nothing to share alike.
        name = "-".join(("cc-by", *(part for part in parts if part != "sa" or "nd" not in parts)))
    if name not in LICENCES:
        return {}
    row = LICENCES[name]
    said = VERSION.search(words) if "{version}" in row.address else None
    version = "" if said is None else said[1] if name == "ogl" else f"{said[1]}.{said[2] or '0'}"
    return {"licence": name, "label": f"{row.label} {version}".strip(), "url": row.url(version)}
