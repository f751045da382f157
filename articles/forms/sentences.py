"""What a form says of a field that cannot be taken, as an editor would say it."""

from typing import Any

from django import forms

SAID = {
    "required": "Nothing is written there yet.",
    "max_length": "At most %(limit_value)d characters fit there, and these are %(show_value)d.",
    "invalid_choice": "Choose one of the list.",
    "null_characters_not_allowed": "There is a character in it that no name has. Type it anew.",
}


class SpokenForm(forms.BaseForm):
    """A form whose fields say SAID. First of the bases."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= SAID
