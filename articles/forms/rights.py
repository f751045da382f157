"""The forms about rights: decisions on a restriction, and how an approved article is published."""

from django import forms

from articles.actions.rights import RightSaid
from articles.core.attribution import CONSTRAINTS, LICENCES, SCOPES
from articles.core.verdicts import TREATMENTS
from articles.forms.review import SpanFields, TransitionForm, choices


class RightForm(SpanFields):
    do = forms.ChoiceField(choices=choices("add", "confirm", "dismiss", "correct"))
    constraint = forms.ChoiceField(
        label="Restriction", choices=[(row.name, row.label) for row in CONSTRAINTS.values()], required=False
    )
    scope = forms.ChoiceField(choices=list(SCOPES.items()), required=False)
    words = forms.CharField(required=False, max_length=2000)
    until = forms.DateTimeField(label="Until", required=False)
    licence = forms.ChoiceField(
        label="Licence",
        choices=[("", "as its words say"), *((row.name, row.label) for row in LICENCES.values())],
        required=False,
    )
    credit = forms.CharField(required=False, max_length=200)
    territory = forms.CharField(required=False, max_length=100)

    @property
    def said(self) -> RightSaid:
        data = self.cleaned_data
        names = ("constraint", "scope", "words", "until", "licence", "credit", "territory")
        return RightSaid(proof=self.span, **{name: data[name] for name in names})


class ApprovalForm(TransitionForm):
    """A step, and for an approval how it is published."""

    treatment = forms.ChoiceField(
        label="How to publish it", choices=[(row.name, row.label) for row in TREATMENTS.values()], required=False
    )

    def clean_treatment(self) -> str:
        """The full text, where nothing else was chosen: the gate then says what bars it."""
        return self.cleaned_data["treatment"] or "full"
