"""Our template pack for crispy forms, and the date in three boxes."""

from datetime import date

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, ButtonHolder, Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from wellbeing.web.forms import DayMonthYearField


class EveryKind(forms.Form):
    name = forms.CharField(help_text="As your colleagues know you.")
    mail = forms.EmailField(widget=forms.EmailInput({"autocomplete": "email"}))
    about = forms.CharField(widget=forms.Textarea, required=False)
    station = forms.ChoiceField(choices=[("a", "Ashford"), ("d", "Deal")])
    when = forms.ChoiceField(choices=[("day", "By day"), ("night", "By night")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(choices=[("1", "One"), ("2", "Two")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(help_text="You can change your mind.")
    paper = forms.FileField()
    since = DayMonthYearField(help_text="For example 23 11 2026.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def render(template: str, **context) -> str:
    return Template("{% load crispy_forms_tags %}" + template).render(Context(context))


def ids(html: str) -> set[str]:
    return {part.split('"')[0] for part in html.split(' id="')[1:]}


@pytest.mark.parametrize("template", ["{{ form|crispy }}", "{% crispy form %}"])
def test_every_error_links_into_its_field(template):
    html = render(template, form=EveryKind({}))
    targets = [part.split('"')[0] for part in html.split('href="#')[1:]]
    assert len(targets) == 8
    assert set(targets) <= ids(html)
    assert {"id_when_0", "id_topics_0", "id_since_0"} <= set(targets)


def test_hints_and_errors_both_describe_the_field():
    html = render("{{ form|crispy }}", form=EveryKind({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-describedby="id_since_helptext id_since_error"' in html
    assert {"id_name_helptext", "id_name_error", "id_since_helptext", "id_since_error"} <= ids(html)


def test_every_id_that_describes_a_field_is_there():
    for form in (EveryKind(), EveryKind({})):
        html = render("{{ form|crispy }}", form=form)
        described = " ".join(part.split('"')[0] for part in html.split('aria-describedby="')[1:]).split()
        assert set(described) <= ids(html)


def test_an_error_says_which_field_it_means():
    html = render("{{ form|crispy }}", form=EveryKind({}))
    assert "This field is required" not in html
    assert "Fill in “Name”." in html
    assert "Choose “Station”." in html


def test_what_was_typed_stays():
    typed = {
        "name": "<b>Ash</b>",
        "about": "a & b",
        "station": "d",
        "when": "night",
        "topics": ["2"],
        "since_day": "31",
    }
    html = render("{{ form|crispy }}", form=EveryKind(typed | {"since_month": "Nonsense", "since_year": "26"}))
    assert 'value="&lt;b&gt;Ash&lt;/b&gt;"' in html
    assert "a &amp; b" in html
    assert '<option value="d" selected>' in html
    assert 'value="night" id="id_when_1" required checked' in html.replace(' aria-invalid="true"', "")
    assert 'value="31"' in html
    assert 'value="Nonsense"' in html


def test_attributes_such_as_autocomplete_reach_the_page():
    assert 'autocomplete="email"' in render("{{ form|crispy }}", form=EveryKind())


def test_a_field_that_may_stay_empty_says_so():
    html = render("{{ form|crispy }}", form=EveryKind())
    assert html.count("(optional)") == 1


def test_an_empty_form_holds_no_none():
    assert "None" not in render("{{ form|crispy }}", form=EveryKind())


def test_a_form_with_a_file_is_sent_as_one():
    assert 'enctype="multipart/form-data"' in render("{% crispy form %}", form=EveryKind())


def test_a_layout_is_followed():
    form = forms.Form()
    form.fields = {"one": forms.CharField(), "two": forms.CharField(required=False)}
    form.helper = FormHelper(form)
    form.helper.layout = Layout(
        Fieldset("Who you are", "one"),
        Div(Row(Column("two"))),
        ButtonHolder(Submit("save", "Save"), Button("later", "Later")),
    )
    html = render("{% crispy form %}", form=form)
    assert "Who you are</legend>" in html
    assert html.count("<input") == 2
    assert 'type="submit" name="save" value="Save"' in html


def test_inputs_of_the_helper_become_buttons():
    form = EveryKind()
    form.helper = FormHelper()
    form.helper.add_input(Submit("send", "Send it"))
    html = render("{% crispy form %}", form=form)
    assert ">Send it</button>" in html
    assert "govuk-button" in html


@pytest.mark.parametrize("template", ["{{ set|crispy }}", "{% crispy set %}"])
@pytest.mark.parametrize("bound", [True, False])
def test_formsets_are_drawn_with_one_summary_of_their_errors(template, bound):
    formset_class = forms.formset_factory(EveryKind, extra=2, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "Asha"}
    html = render(template, set=formset_class(data) if bound else formset_class())
    assert "form-TOTAL_FORMS" in html
    assert html.count("There is a problem") == (1 if bound else 0)
    targets = [part.split('"')[0] for part in html.split('href="#')[1:]]
    assert set(targets) <= ids(html)


def test_a_formset_with_a_layout_is_drawn():
    formset_class = forms.formset_factory(EveryKind, extra=1)
    helper = FormHelper()
    helper.layout = Layout("name", "since")
    html = render("{% crispy set helper %}", set=formset_class(), helper=helper)
    assert "form-0-since_0" in html


# --- The date -------------------------------------------------------------------------------------


class Since(forms.Form):
    on = DayMonthYearField(required=False)


def on(day="", month="", year="") -> Since:
    return Since({"on_day": day, "on_month": month, "on_year": year})


@pytest.mark.parametrize("month", ["11", "Nov", "november", " 11 "])
def test_a_month_is_a_number_or_a_name(month):
    form = on("23", month, "2026")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2026, 11, 23)


def test_nothing_typed_is_no_date():
    form = on()
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (("", "11", "2026"), "The date must have a day."),
        (("23", "", ""), "The date must have a month and a year."),
        (("31", "2", "2026"), "Enter a date that exists, for example 23 11 2026."),
        (("23", "Brumaire", "2026"), "Enter a date that exists, for example 23 11 2026."),
        (("²", "11", "2026"), "Enter a date that exists, for example 23 11 2026."),
        (("23", "11", "26"), "Enter the year with four digits, for example 2026."),
        (("1", "1", "0001"), "Enter the year with four digits, for example 2026."),
    ],
)
def test_a_date_that_is_none_says_what_is_missing(typed, error):
    assert on(*typed).errors["on"] == [error]


def test_the_cursor_goes_to_the_part_that_is_missing():
    html = render("{{ form|crispy }}", form=on("23", "", "2026"))
    assert 'href="#id_on_1"' in html


def test_a_date_known_before_stands_in_its_boxes():
    html = render("{{ form|crispy }}", form=Since(initial={"on": date(2026, 11, 23)}))
    assert all(f'value="{part}"' in html for part in (23, 11, 2026))


def test_a_date_has_changed_only_when_it_has():
    same = {"on_day": "23", "on_month": "Nov", "on_year": "2026"}
    assert not Since(same, initial={"on": date(2026, 11, 23)}).has_changed()
    assert Since(same, initial={"on": date(2026, 11, 24)}).has_changed()


def test_a_file_is_kept_with_its_errors_elsewhere():
    form = EveryKind({}, {"paper": SimpleUploadedFile("roster.csv", b"x")})
    assert "paper" not in form.errors
