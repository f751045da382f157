"""The questions that a text can raise: one table, read by the engine, the pages, the forms and the README."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """A row of FLAGS."""

    name: str
    label: str
    help: str


FLAGS: dict[str, FlagRow] = {
    name: FlagRow(name=name, label=label, help=about)
    for name, label, about in (
        ("unbalanced_quote", "Unbalanced quote", "A quotation mark opens or closes nothing: words may be missing."),
        ("glued_text", "Glued text", "Two texts run into each other without a space; a cut is proposed."),
        ("mixed_script", "Mixed scripts", "Two scripts in one line: check their order and whose words they are."),
        ("attribution_incomplete", "Incomplete attribution", "Somebody stands behind the text whose name was lost."),
        ("truncated", "Cut off", "The text ends in the middle of a sentence."),
        ("lede_contradicts_quote", "Lede against quote", "The lede says otherwise than the words that are quoted."),
        ("machine_translation", "Suspected machine translation", "Words that a person would not have chosen."),
    )
}
