"""What an editor may bring in by hand."""

from typing import Any

from django import forms


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; none of them is refused here, so that each gets its own receipt."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [file for file in files if file]


class UploadForm(forms.Form):
    text = forms.CharField(
        label="Paste the text of a page",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "false"}),
    )
    url = forms.URLField(label="Its address, if you have it", required=False, max_length=2000, assume_scheme="https")
    outlet = forms.CharField(label="Its outlet, if you know it", required=False, max_length=200)
    files = FilesField(label="Or choose files (.txt, .html)", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("files") and not data.get("text", "").strip() and "text" not in self.errors:
            raise forms.ValidationError("Nothing came with this. Paste a text, or choose at least one file.")
        return data
