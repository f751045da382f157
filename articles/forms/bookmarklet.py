"""A page that the bookmarklet handed over."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.template.defaultfilters import filesizeformat


class FromPageForm(forms.Form):
    """``page`` is a file, for words in a form field would not arrive as they are."""

    page = forms.FileField(label="The page")
    url = forms.CharField(label="Its address", max_length=2000)
    title = forms.CharField(label="Its title", max_length=300, required=False)

    def clean_page(self) -> Any:
        page = self.cleaned_data["page"]
        if page.size > settings.UPLOAD_MAX_BYTES:
            most = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(f"It has {filesizeformat(page.size)}; the most we take in one piece is {most}.")
        return page

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            URLValidator(schemes=["http", "https"])(url)
        except forms.ValidationError:
            # Addresses in use are freer than the validator: local names, odd characters. No other scheme is.
            if not url.startswith(("http://", "https://")):
                raise forms.ValidationError("It is no web address.") from None
        return url
