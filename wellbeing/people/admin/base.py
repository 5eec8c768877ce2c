"""What every page of the admin shares: writes go through actions, and refusals stand beside the field."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.http import Http404
from django.template.response import TemplateResponse

from wellbeing.people import history, policy, refusals
from wellbeing.people.models import Person

_HISTORY_SHOWN = 200


class ActionsForm(forms.ModelForm):
    """A form whose rules are the actions' and the database's: their refusal comes back as its error."""

    refusal: ValidationError | None = None

    def _post_clean(self):
        # Django would say “Constraint “left_after_joined” is violated”. The database's own say is what
        # counts, and `refusals` has the words for it.
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()
        del self.instance.validate_constraints
        if self.refusal:
            errors = getattr(self.refusal, "error_dict", {None: self.refusal})
            for field, error in errors.items():
                self.add_error(field if field in self.fields else None, error)


class PortalList(ChangeList):
    """A stock list, whose order tells nothing about hidden people either."""

    def __init__(self, request, *args, **options):
        self._conceals = not policy.sees_hidden(request.user)
        super().__init__(request, *args, **options)

    def get_ordering_field(self, field_name):
        if self._conceals and names_a_person(self.model, field_name):
            return None
        return super().get_ordering_field(field_name)


class ActionsAdmin(admin.ModelAdmin):
    """A stock page whose writes are actions.

    A page says what to do in `add_with_action(request, obj)` and `change_with_action(request, stored,
    values)`; both may raise ValidationError or IntegrityError. Nothing is deleted unless it says so too.
    """

    form = ActionsForm
    # The browser's own date box: Django's calendar is made of links that lead nowhere.
    formfield_overrides = {models.DateField: {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}}
    list_per_page = 100
    show_full_result_count = False
    actions = None
    view_on_site = False
    writes_through_actions = True  # which the admin site asks of every page

    # --- reading

    def lookup_allowed(self, lookup, value, request):
        """Only what the list's own filters put into an address.

        Django lets through any column of the model, and every model that points at it: the number of
        rows would tell who is a SPOC, who has reminders, how a password's hash begins.
        """
        return lookup in self._filters_parameters(request)

    def get_changelist(self, request, **kwargs):
        return PortalList

    def get_changelist_instance(self, request):
        """The list, read from the database here, where a value that it cannot use has an answer."""
        try:
            with transaction.atomic():
                changelist = super().get_changelist_instance(request)
                policy.conceal(list(changelist.result_list), request.user)
        except (DataError, ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error
        return changelist

    def changelist_view(self, request, extra_context=None):
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(key)
        except ValidationError:
            raise BadRequest("What was ticked is not of this list.") from None
        return super().changelist_view(request, extra_context)

    def get_sortable_by(self, request):
        columns = super().get_sortable_by(request)
        if policy.sees_hidden(request.user):
            return columns
        return [column for column in columns if not names_a_person(self.model, column)]

    def get_object(self, request, object_id, from_field=None):
        obj = super().get_object(request, object_id, from_field)
        if obj is not None:
            policy.conceal([obj], request.user)
        return obj

    def _filters_parameters(self, request) -> set[str]:
        parameters = set()
        for item in self.get_list_filter(request):
            if isinstance(item, str):
                parameters |= {f"{item}__{end}" for end in ("exact", "id__exact", "isnull")}
            else:
                parameters.add(item.parameter_name)
        return parameters

    # --- what a page says

    def add_with_action(self, request, obj):
        raise PermissionDenied

    def change_with_action(self, request, stored, values: dict):
        raise PermissionDenied

    # --- writing

    def save_model(self, request, obj, form, change):
        if not change:
            saved = self.add_with_action(request, obj)
            obj.pk, obj._state.adding = saved.pk, False
            return
        stored = self.model._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
        fields = [self.model._meta.get_field(name) for name in form.changed_data]
        columns = [field.attname for field in fields if not field.many_to_many]  # what is many, the form saves itself
        self.change_with_action(request, stored, {column: getattr(obj, column) for column in columns})

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        refusals.check_now()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What an action or the database refuses comes back as the form with the reason, as typed."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refusal = refusal
        except IntegrityError as error:
            request.refusal = refusals.as_validation_error(error)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the row of icons beside a choice: what is chosen from has pages of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for verb in ("add", "change", "delete", "view"):
            if hasattr(getattr(field, "widget", None), f"can_{verb}_related"):
                setattr(field.widget, f"can_{verb}_related", False)
        return field

    def has_delete_permission(self, request, obj=None):
        return False

    # --- history: the portal's own, not Django's, which would keep earlier names

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {obj}",
            "object": obj,
            "opts": self.opts,
            "changes": policy.conceal(list(history.of(obj)[:_HISTORY_SHOWN]), request.user),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/people/history.html", context)


def names_a_person(model: type[models.Model], column) -> bool:
    """Whether a column of `model`'s list is a foreign key to somebody on the roster."""
    try:
        return model._meta.get_field(column).related_model is Person
    except (FieldDoesNotExist, TypeError):
        return False
