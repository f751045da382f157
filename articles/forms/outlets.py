"""The filters of the outlets, and what is said of one."""

from django import forms
from django.db.models.functions import Lower

KINDS = [("", "All"), ("agency", "Agencies"), ("outlet", "No agencies")]
SORTS = {
    "name": ("Name", [Lower("name"), "pk"]),
    "articles": ("Most articles", ["-article_count", Lower("name"), "pk"]),
}


class OutletsForm(forms.Form):
    q = forms.CharField(label="Search names, aliases and domains", required=False, max_length=200)
    kind = forms.ChoiceField(label="Kind", required=False, choices=KINDS)
    language = forms.ChoiceField(label="Language", required=False)
    country = forms.ChoiceField(label="Country", required=False)
    sort = forms.ChoiceField(label="Order", required=False, choices=[(name, row[0]) for name, row in SORTS.items()])

    def __init__(self, *args: object, languages: list[str], countries: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("language", languages), ("country", countries)):
            self.fields[name].choices = [("", "All"), ("-", "Unknown"), *((code, code) for code in found)]


class OtherOutletForm(forms.Form):
    """Another outlet, by its name or an alias of it as a person types them, or by its slug."""

    other = forms.CharField(label="Which outlet", max_length=200)


class MergeForm(forms.Form):
    other = forms.CharField(max_length=200)
    seal = forms.CharField(max_length=64)
