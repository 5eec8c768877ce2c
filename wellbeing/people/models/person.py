"""A person on the roster, who is also who signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.functional import cached_property

from wellbeing import roles


class EmploymentType(models.TextChoices):
    OFFICER = "officer", "Police officer"
    STAFF = "staff", "Police staff"
    PCSO = "pcso", "PCSO"
    SPECIAL = "special", "Special constable"
    VOLUNTEER = "volunteer", "Volunteer"


class PersonQuerySet(models.QuerySet):
    def current(self):
        """People who work here today: neither left nor died."""
        today = timezone.localdate()
        return self.filter(Q(left__isnull=True) | Q(left__gt=today), died_on__isnull=True)

    def listed(self):
        """People whom a list may show: current, and not hidden (covert roles)."""
        return self.current().filter(hidden=False)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    use_in_migrations = False

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())

    def create_superuser(self, email, password=None, **fields):
        """A person who may open every ordinary admin page; for `manage.py createsuperuser`."""
        fields["staff_number"] = fields["staff_number"].upper()
        person = self.model(email=email.strip().lower(), is_superuser=True, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def take_keys(self, number: int) -> list[int]:
        """`number` primary keys that no other row will get, so that new people may name each other; one query."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('people_person', 'id')) FROM generate_series(1, %s)", [number]
            )
            return [key for (key,) in cursor.fetchall()]


class Person(AbstractBaseUser):
    """Anyone on the roster. They need never have signed in.

    Names and gender as they once were are kept in no history (Gender Recognition Act 2004, s22).
    """

    staff_number = models.CharField(max_length=20, unique=True, help_text="Letters in capitals.")
    email = models.EmailField("e-mail", help_text="What they sign in with.")
    known_as = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    rank_or_grade = models.CharField("rank or grade", max_length=40, blank=True)
    employment_type = models.CharField(max_length=10, choices=EmploymentType, default=EmploymentType.OFFICER)
    station = models.ForeignKey("people.Station", null=True, on_delete=models.PROTECT, related_name="people")
    line_manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    line_manager_outside = models.CharField(
        "line manager outside the force",
        max_length=120,
        blank=True,
        help_text="Where somebody is managed by another force or body, who.",
    )
    work_phone = models.CharField(max_length=30, blank=True)
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True, help_text="Their first day away. Empty while they work here.")
    hidden = models.BooleanField(default=False, help_text="Covert role: appears in no list and no search.")
    died_on = models.DateField(null=True, blank=True, editable=False)
    legal_hold = models.BooleanField(default=False, editable=False)
    gone_at = models.DateTimeField(
        null=True, editable=False, help_text="When their leaving was carried out: unlisted, signed out."
    )
    identity_changed_at = models.DateTimeField(
        null=True, editable=False, help_text="When what they sign in by was changed. Empty once confirmed."
    )
    identity_vouched_by = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The first of the two who say that it is still them. Empty again once the second has.",
    )
    identity_vouched_at = models.DateTimeField(null=True, editable=False)
    is_superuser = models.BooleanField(default=False, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["staff_number", "known_as", "last_name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ["last_name", "known_as", "id"]
        constraints = [
            # Deferred, so that one roster may hand an address from one person to another.
            models.UniqueConstraint(fields=["email"], name="email_once", deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_lower_case"),
            models.CheckConstraint(condition=Q(staff_number=Upper("staff_number")), name="staff_number_in_capitals"),
            models.CheckConstraint(condition=~Q(line_manager=F("id")), name="nobody_manages_themselves"),
            models.CheckConstraint(
                condition=Q(line_manager__isnull=True) | Q(line_manager_outside=""), name="one_line_manager"
            ),
            models.CheckConstraint(condition=Q(left__gte=F("joined")), name="left_after_joined"),
            models.CheckConstraint(
                condition=Q(identity_vouched_by__isnull=True) | Q(identity_changed_at__isnull=False),
                name="vouched_for_while_closed",
            ),
            models.CheckConstraint(condition=~Q(identity_vouched_by=F("id")), name="nobody_vouches_for_themselves"),
        ]
        indexes = [
            models.Index(fields=["last_name", "known_as", "id"], name="person_by_name"),
            models.Index(Lower("last_name"), Lower("known_as"), name="person_by_name_typed"),
            # The few whom no list may show and whose leaving is not yet carried out: lists leave them out by it.
            models.Index(
                fields=["id"],
                name="person_unlisted_though_here",
                condition=Q(gone_at__isnull=True) & (Q(hidden=True) | Q(died_on__isnull=False) | Q(left__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.last_name}"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.known_as

    @property
    def is_active(self) -> bool:
        """Whether they may sign in: on the roster today, and alive."""
        return self.died_on is None and (self.left is None or self.left > timezone.localdate())

    @cached_property
    def assigned_roles(self) -> frozenset[str]:
        """The names of the roles assigned to them today, which are those that grant permissions; one query."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.role_assignments.live().values_list("role", flat=True))

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of every role they hold today, assigned or following from what they are; none once gone."""
        return self.assigned_roles | (roles.derived_roles(self) if self.is_active else set())

    def holds(self, role: str) -> bool:
        """Whether they hold this one role today: at most two queries, where `roles` asks every source."""
        if "roles" in vars(self):
            return role in self.roles
        return role in self.assigned_roles or (self.is_active and roles.follows(self, role))

    @property
    def is_staff(self) -> bool:
        """Whether the admin has a page for them."""
        return self.is_active and (self.is_superuser or bool(self.get_all_permissions()))

    def get_all_permissions(self, obj=None) -> frozenset[str]:
        return roles.permissions_of(self.assigned_roles)

    def has_perm(self, perm: str, obj=None) -> bool:
        return self.is_active and (self.is_superuser or perm in self.get_all_permissions())

    def has_perms(self, perms, obj=None) -> bool:
        return all(self.has_perm(perm) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and (
            self.is_superuser or any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions())
        )
