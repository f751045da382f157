"""What is sent about stories."""

from django import forms

HUGE = 2**63 - 1


class RelationForm(forms.Form):
    """A word on two articles; ``back`` says which page it was given on."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("confirm", "deny", "reconsider")])
    back = forms.ChoiceField(required=False, choices=[("", ""), ("beside", "beside"), ("story", "story")])


class MemberForm(forms.Form):
    article = forms.IntegerField(label="Article", min_value=1, max_value=HUGE)


class MergeStoryForm(forms.Form):
    into = forms.IntegerField(label="Story", min_value=1, max_value=HUGE)


class PairForm(forms.Form):
    """Which two members stand side by side."""

    a = forms.IntegerField(required=False, min_value=1, max_value=HUGE)
    b = forms.IntegerField(required=False, min_value=1, max_value=HUGE)
