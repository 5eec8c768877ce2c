"""What the crispy template pack `wellbeing` needs to draw a field."""

from django import forms, template

from wellbeing.web.forms import DayMonthYearInput

register = template.Library()

# The first that fits names how a field is drawn.
KINDS = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (DayMonthYearInput, "date"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file-upload"),
)
DJANGOS_OWN = str(forms.Field.default_error_messages["required"])
GROUPS = ("radios", "checkboxes", "date", "group")


@register.filter
def kind(field) -> str:
    """How a bound field is drawn: `input` where nothing else fits."""
    widget = _widget(field)
    name = next((name for widget_class, name in KINDS if isinstance(widget, widget_class)), "input")
    return "group" if name == "input" and getattr(widget, "use_fieldset", False) else name


@register.filter
def always_answered(field) -> bool:
    """Whether a browser sends an answer whatever somebody does: a choice that has no empty one."""
    return isinstance(_widget(field), forms.Select | forms.RadioSelect) and field.value() is not None


@register.filter
def is_group(field) -> bool:
    """Whether the field is several inputs under one legend."""
    return kind(field) in GROUPS


@register.filter
def cursor_goes_to(field) -> str:
    """The id of the input in which a link from the error summary puts the cursor; empty where there is none."""
    if not field.auto_id or field.is_hidden:
        return ""
    if kind(field) in ("radios", "checkboxes"):
        return f"{field.auto_id}_0"
    return f"{field.auto_id}_{_first_empty(field.value())}" if kind(field) == "date" else field.id_for_label


@register.filter
def errors_in_words(field) -> list[str]:
    """The field's errors; Django's “This field is required.” says which field, and what to do."""
    verb = "Fill in" if kind(field) in ("input", "textarea", "date", "group") else "Choose"
    return [f"{verb} “{field.label}”." if error == DJANGOS_OWN else error for error in field.errors]


@register.filter
def described_by(field) -> str:
    """The ids of the hint and the errors, for a group: single inputs get them from Django."""
    return field.aria_describedby or ""


@register.simple_tag
def draw(field):
    """The widget with the classes of its kind; no placeholder, which is no label and too pale to read."""
    widget = _widget(field)
    widget.attrs.pop("placeholder", None)
    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = widget.attrs["rows"] if widget.attrs.get("rows") not in ("10", None) else "6"
    name = kind(field)
    if name in ("date", "group"):
        return field.as_widget()
    return field.as_widget(attrs={"class": " ".join(_classes(field, name, widget))})


def _classes(field, name, widget):
    block = {"checkbox": "govuk-checkboxes__input"}.get(name, f"govuk-{name}")
    yield block
    if field.errors and name != "checkbox":
        yield f"{block}--error"
    if own := widget.attrs.get("class"):
        yield own


def _widget(field):
    """The widget itself; the admin wraps some of them."""
    return getattr(field.field.widget, "widget", field.field.widget)


def _first_empty(value) -> int:
    parts = value if isinstance(value, list) else []
    return next((index for index, part in enumerate(parts) if not part), 0)
