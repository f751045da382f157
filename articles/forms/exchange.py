"""Tags in files: what an editor brings in, and what is asked for."""

from typing import Any

from django import forms
from django.core.files.base import File

from articles.core.exchange import FORMATS
from articles.core.exchange.brat import paired
from articles.forms.review import choices

FORMAT_CHOICES = [(row.name, row.label) for row in FORMATS.values()]
AS = [("suggestion", "suggestions, which somebody confirms or rejects"), ("confirmed", "confirmed, as my word")]
OF = [
    ("decided", "approved or public"),
    ("waiting", "still waiting on the desk"),
    ("any", "all articles"),
]
STATES = [("confirmed", "what people confirmed"), ("suggested", "that, and what is suggested")]
TEXTS = [("clean", "the clean text"), ("raw", "the raw text, with captions and removed parts")]
NOTHING = "Choose a file first."


class TagFileForm(forms.Form):
    """A file of tags, as the view hands it over: read up to ``most`` bytes, see ``FirstBytes``."""

    format = forms.ChoiceField(
        label="Its format", choices=[("", "find out from the file"), *FORMAT_CHOICES], required=False
    )
    taken_as = forms.ChoiceField(
        label="The tags come in as", choices=AS, widget=forms.RadioSelect, initial="suggestion"
    )
    reopen = forms.BooleanField(label="Approved articles too: they go back into review", required=False)

    def __init__(self, *args: Any, brought: list[File] | None = None, most: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._brought = brought or []
        self._most = most
        self.name, self.content = "", b""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self._brought or not any(file.name for file in self._brought):
            raise forms.ValidationError(NOTHING)
        if sum(file.size for file in self._brought) > self._most:
            raise forms.ValidationError(
                f"That is more than {self._most // 2**20} MB. Cut the file into several, or ask an administrator, who may "
                "bring in larger ones."
            )
        self._take(data)
        return data

    def _take(self, data: dict[str, Any]) -> None:
        names = [str(file.name).lower() for file in self._brought]
        if len(names) > 1 or names[0].endswith(".ann"):
            if not all(name.endswith((".txt", ".ann")) for name in names):
                raise forms.ValidationError("One file at a time, please; only brat's .txt and .ann come together.")
            self.content = paired((str(file.name), file.read()) for file in self._brought)
            data["format"] = "brat"
        else:
            self.content = self._brought[0].read()
        self.name = ", ".join(str(file.name) for file in self._brought)


class TagsOutForm(forms.Form):
    """Which tags of which articles, in which format."""

    format = forms.ChoiceField(label="Format", choices=FORMAT_CHOICES)
    of = forms.ChoiceField(label="Articles", choices=OF, required=False)
    states = forms.ChoiceField(label="Tags", choices=STATES, required=False)
    text = forms.ChoiceField(label="On", choices=TEXTS, required=False)


class TagReceiptsForm(forms.Form):
    do = forms.ChoiceField(choices=choices("go_on", "take_back"))
