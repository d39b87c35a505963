"""Every kind of form field, drawn as GOV.UK markup a screen reader and a keyboard can use."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines

from trellis.core.forms import DayField, FormKey, MomentField

WORRIES = [("CSE", "Sexual exploitation"), ("CCE", "Criminal exploitation")]


class Everything(FormKey, forms.Form):
    name = forms.CharField(label="Full name", help_text="As the young person says it")
    email = forms.EmailField(label="Work e-mail", required=False)
    worry = forms.ChoiceField(label="What is the main worry?", choices=WORRIES, widget=forms.RadioSelect)
    others = forms.MultipleChoiceField(choices=WORRIES, widget=forms.CheckboxSelectMultiple)
    area = forms.ChoiceField(label="Local authority", choices=[("", "Choose"), ("m", "Manchester")])
    story = forms.CharField(label="What has happened", widget=forms.Textarea)
    born = DayField(label="Date of birth", birth=True)
    seen = MomentField(label="Last seen")
    told = forms.BooleanField(label="They know about this", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    paper = forms.FileField(label="Document")


class Page(HTMLParser):
    """The elements of a drawn field, and the ids and references between them."""

    def __init__(self, markup):
        super().__init__()
        self.elements = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    @property
    def references(self):
        named = [attrs["for"] for tag, attrs in self.elements if tag == "label"]
        return named + [ref for _, attrs in self.elements for ref in attrs.get("aria-describedby", "").split()]

    def controls(self):
        return [attrs for tag, attrs in self.elements if tag in ("input", "select", "textarea")]


def drawn(form, name, options=""):
    page = engines["django"].from_string("{% field form." + name + " " + options + " %}")
    return page.render({"form": form})


@pytest.mark.parametrize("name", Everything.base_fields)
@pytest.mark.parametrize("bound", [False, True])
def test_each_control_has_one_id_a_label_and_descriptions_that_exist(name, bound):
    page = Page(drawn(Everything({}) if bound else Everything(), name))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)
    labelled = {attrs["for"] for tag, attrs in page.elements if tag == "label"}
    visible = [control for control in page.controls() if control.get("type") != "hidden"]
    assert {control["id"] for control in visible} == labelled


@pytest.mark.parametrize("name", [name for name in Everything.base_fields if name not in ("form_key", "email", "told")])
def test_a_field_left_empty_says_so_in_words_and_to_a_screen_reader(name):
    markup = drawn(Everything({}), name)
    assert "govuk-form-group--error" in markup
    assert '<span class="govuk-visually-hidden">Error:</span>' in markup
    assert f"id_{name}_error" in Page(markup).references
    assert "This field is required" not in markup


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("name", "Enter the full name"),
        ("worry", "Answer “What is the main worry?”"),
        ("area", "Choose the local authority"),
        ("born", "Enter the date of birth"),
        ("paper", "Choose the document"),
    ],
)
def test_a_missing_answer_is_asked_for_by_its_label(name, asked):
    assert asked in drawn(Everything({}), name)


def test_the_browser_neither_offers_nor_keeps_what_is_typed_about_a_child():
    name = Page(drawn(Everything(), "name")).controls()[0]
    assert (name["autocomplete"], name["spellcheck"]) == ("off", "false")
    assert Page(drawn(Everything(), "email", 'autocomplete="username"')).controls()[0]["autocomplete"] == "username"
    seen = Page(drawn(Everything(), "seen")).controls()
    assert {box["autocomplete"] for box in seen} == {"off"}
    born = Page(drawn(Everything(), "born")).controls()
    assert [box["autocomplete"] for box in born] == ["bday-day", "bday-month", "bday-year"]


def test_optional_fields_are_marked_and_required_ones_are_not():
    assert "Work e-mail (optional)" in drawn(Everything(), "email")
    assert "Full name</label>" in drawn(Everything(), "name")
    assert "(optional)" not in drawn(Everything(), "email", "optional=False")


def test_options_shape_the_field():
    markup = drawn(Everything(), "name", 'label="Who" hint="Any name" size="m" width=20 heading=True data_test="x"')
    assert (
        '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--m" for="id_name">Who</label></h1>'
        in (markup)
    )
    assert "Any name" in markup
    assert "govuk-input--width-20" in markup
    assert 'data-test="x"' in markup


def test_what_was_typed_comes_back_and_is_never_markup():
    form = Everything({"name": "<b>O'Neil</b>", "worry": "CCE", "born_day": "<i>", "seen_time": "25:00"})
    assert "&lt;b&gt;O&#x27;Neil&lt;/b&gt;" in drawn(form, "name")
    assert 'value="CCE" checked' in drawn(form, "worry")
    assert 'value="&lt;i&gt;"' in drawn(form, "born")


def test_only_the_box_that_is_wrong_is_marked():
    form = Everything({"born_day": "31", "born_month": "4", "born_year": "2009"})
    wrong = [box["name"] for box in Page(drawn(form, "born")).controls() if box.get("aria-invalid")]
    assert wrong == ["born_day"]


def test_a_time_that_happened_twice_offers_both():
    night = {"seen_day": "29", "seen_month": "10", "seen_year": "2023", "seen_time": "01:30"}
    markup = drawn(Everything(night), "seen")
    assert "The first, 01:30 (BST)" in markup
    assert "The second, 01:30 (GMT)" in markup
    chosen = Page(drawn(Everything({**night, "seen_which": "later"}), "seen")).controls()
    assert [box["value"] for box in chosen if "checked" in box] == ["later"]
    assert "clocks went back" not in drawn(Everything({**night, "seen_day": "28"}), "seen")


def test_the_error_summary_leads_to_each_field():
    form = Everything({"born_day": "7", "born_month": "13", "born_year": "2009", "form_key": "spoilt"})
    form.add_error(None, "Somebody else has changed this")
    markup = engines["django"].from_string("{% error_summary form %}").render({"form": form})
    targets = [attrs["href"] for tag, attrs in Page(markup).elements if tag == "a"]
    places = ["name", "worry_0", "others_0", "area", "story", "born_1", "seen_0", "password", "paper"]
    assert targets == [f"#id_{place}" for place in places]
    assert "Somebody else has changed this" in markup
    assert "come loose" in markup
    drawn_ids = {id_ for name in Everything.base_fields for id_ in Page(drawn(form, name)).ids}
    assert {target[1:] for target in targets} <= drawn_ids


def test_there_is_no_summary_without_errors():
    page = engines["django"].from_string("{% error_summary form other %}")
    assert page.render({"form": Everything(), "other": None}).strip() == ""
