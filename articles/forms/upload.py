"""What an editor may bring in by hand."""

from typing import Any

from django import forms
from django.core.validators import URLValidator


class UploadForm(forms.Form):
    """What is typed; the files of the same request are taken in as they arrive, and only counted here."""

    text = forms.CharField(
        label="Paste the text of a page",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "false"}),
    )
    url = forms.CharField(label="Address of the pasted text, if you have it", required=False)
    outlet = forms.CharField(label="Outlet of the pasted text, if you know it", required=False, max_length=200)

    left_out = ""

    def __init__(self, *args: Any, files_brought: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_brought = files_brought
        # The reader says what it makes of a NUL; refusing it here would lose the files chosen beside it.
        self.fields["text"].validators = []

    def clean_url(self) -> str:
        """The address; one that is none is left out with a word, so that nothing else of the form is lost."""
        url = " ".join(self.cleaned_data["url"].split())
        if not url:
            return ""
        full = url if "://" in url else f"https://{url}"
        try:
            URLValidator(schemes=["http", "https"])(full)
        except forms.ValidationError:
            self.left_out = f"“{url[:100]}” is no web address; the text was taken without it."
            return ""
        return full[:2000]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.files_brought and not data.get("text", "").strip() and "text" not in self.errors:
            raise forms.ValidationError("Nothing came with this. Paste a text, or choose at least one file.")
        return data
