"""The filters of the entities, and what is said of one."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info

from articles.forms.sentences import SpokenForm
from articles.models import Entity, EntityAlias, Office
from articles.models.entities import ENTITY_TYPES

SHOWN = {"": "All", "used": "Of our articles", "nameless": "Tagged, not in the registry", "removed": "Taken out"}
SORTS = {"name": ("Name", ["key", "pk"]), "articles": ("Most articles", ["-article_count", "key", "pk"])}


class EntitiesForm(SpokenForm, forms.Form):
    q = forms.CharField(label="Search names, aliases and Wikidata ids", required=False, max_length=200)
    type = forms.ChoiceField(label="Type", required=False, choices=[("", "All"), *ENTITY_TYPES])
    show = forms.ChoiceField(label="Which", required=False, choices=list(SHOWN.items()))
    sort = forms.ChoiceField(label="Order", required=False, choices=[(name, row[0]) for name, row in SORTS.items()])


class Numbers(forms.TypedMultipleChoiceField):
    """Keys of rows, any number of them; which there are is for the action to say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)

    def valid_value(self, value: str) -> bool:
        return str(value).isdecimal() and len(str(value)) < 19


class DetailsForm(SpokenForm, forms.ModelForm):
    class Meta:
        model = Entity
        fields = ["description", "country", "wikidata", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    notes = forms.CharField(
        label="Notes", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].widget.attrs.update(dir="auto")

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError("Write the two letters of ISO 3166-1: FR.")
        return country


class NewEntityForm(DetailsForm):
    """A new entity; ``surface`` are the words whose tags in these articles mean it. ``known`` and ``meant`` name one
    that is in the registry already and is meant instead, by its address or by a name of it."""

    class Meta(DetailsForm.Meta):
        fields = ["name", "type", *DetailsForm.Meta.fields]

    surface = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    different = forms.BooleanField(required=False)
    do = forms.ChoiceField(required=False, choices=[("add", "Add"), ("meant", "It is that one")])
    known = forms.CharField(required=False, max_length=220)
    meant = forms.CharField(label="Its name there", required=False, max_length=220)
    articles = Numbers()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs.update(dir="auto")


class NameForm(SpokenForm, forms.Form):
    """Another name of an entity; ``shared``: others bear it too, and that is meant so."""

    name = forms.CharField(label="Name", max_length=200)
    shared = forms.BooleanField(required=False)


class AliasForm(SpokenForm, forms.ModelForm):
    """A name that an entity goes by too."""

    shared = forms.BooleanField(required=False)

    class Meta:
        model = EntityAlias
        fields = ["name", "language"]

    def clean_language(self) -> str:
        """A language that Django knows, in small letters; "pt-br" is Portuguese."""
        code = str(self.cleaned_data["language"]).strip().lower()
        try:
            return code and str(get_language_info(code)["code"]) and code
        except KeyError:
            raise forms.ValidationError(
                "Write the code of a language that is known, as fr, en, he or ar, or leave it empty."
            ) from None


class TypeForm(SpokenForm, forms.Form):
    type = forms.ChoiceField(label="Type", choices=ENTITY_TYPES)


class OfficeForm(SpokenForm, forms.ModelForm):
    class Meta:
        model = Office
        fields = ["title", "since", "until"]

    def _post_clean(self) -> None:
        """Whether the columns fit each other is for the action to say: its sentence is the same in every way in."""


class OtherEntityForm(SpokenForm, forms.Form):
    """Another entity, by its address, or by a name as a person types it."""

    other = forms.CharField(label="Which entity", max_length=220)


class MergeForm(OtherEntityForm):
    seal = forms.CharField(max_length=64)


class SplitForm(SpokenForm, forms.Form):
    name = forms.CharField(label="Name of the other one", max_length=200)
    description = forms.CharField(label="In a few words, which one", required=False, max_length=200)
    articles = Numbers()
    aliases = Numbers()
