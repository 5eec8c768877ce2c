"""Every mail that the demonstration sends: it names nobody but its reader, and says nothing of anybody's health."""

import re
import uuid
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.test import Client

from tests.databases import the_worker
from tests.demo.fixtures import loaded_demo
from wellbeing.break_glass import actions as break_glass
from wellbeing.demo.cast import CAST
from wellbeing.people import actions as people
from wellbeing.people import tasks as people_tasks
from wellbeing.people.models import Person
from wellbeing.reminders import tasks
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

_END = b"\n" + b"-" * 79 + b"\n"  # what Django's file backend writes after each mail
HEALTH_WORDS = [
    "absence", "absent", "adjustment", "alcohol", "anxiety", "appointment", "bereavement", "breakdown", "burnout",
    "cancer", "champion", "condition", "counselling", "crisis", "depress", "diagnos", "disab", "drug", "emergency",
    "fatigue", "guardian", "health", "hospital", "illness", "injur", "medic", "menopause", "mental", "mentor",
    "miscarriage", "occupational", "pain", "phased", "pregnan", "recover", "recuperat", "refresher", "rehab",
    "self-harm", "sick", "sleep", "spoc", "stress", "suicid", "surg", "support", "symptom", "therap", "trauma",
    "treatment", "unwell", "welfare", "1-1", "one-to-one", "conversation",
]  # fmt: skip


@pytest.fixture
def mails(settings, tmp_path, as_owner):
    """`mails()`: every mail sent so far."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")

    def read() -> list:
        files = Path(settings.EMAIL_FILE_PATH).glob("*.log")
        raw = [part for path in files for part in path.read_bytes().split(_END) if part.strip()]
        return [message_from_bytes(part, policy=policy.default) for part in raw]

    return read


def words_of(mail) -> str:
    """Everything in it that is read by people or shown by a mail program, without the portal's own addresses and
    without the random numbers that tell mails and their parts apart, in which some day stands a staff number."""
    bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    headers = [f"{name}: {value}" for name, value in mail.items() if name not in {"To", "Content-Type", "Message-ID"}]
    return re.sub(r"https?://\S+", "", "\n".join([*headers, *bodies]))


def everything_that_sends_mail(as_owner) -> None:
    """All reminders, an emergency, a code to sign in, a password to set anew, a changed address."""
    lead, subject = (Person.objects.get(staff_number=CAST[key].staff_number) for key in ("lead", "staff"))
    with acting_as(lead):
        break_glass.ask(by=lead, key=uuid.uuid4(), subject=subject, reason="A life is at stake")
    with the_worker():
        tasks.sweep.apply(throw=True)
    as_owner.execute("update reminders_reminder set tell_from = '2000-01-01'")
    with the_worker():
        tasks.send_due.apply(throw=True)
    for address in ("/account/login/code/", "/account/password/reset/"):
        Client().post(address, {"email": subject.email})
    people.change_person(person=subject, by=None, email="asha.new@force.example")
    as_owner.execute("update people_oldaddress set changed_at = now() - interval '1 hour'")
    with the_worker():
        people_tasks.tell_old_addresses.apply(throw=True)


def test_no_mail_names_anybody_but_its_reader_or_says_a_word_of_health(mails, as_owner):
    with loaded_demo():
        everything_that_sends_mail(as_owner)
        everybody = list(Person.objects.values_list("email", "known_as", "last_name", "staff_number"))
    sent = mails()
    kinds_of_mail = {str(mail["Subject"]) for mail in sent}

    assert len(sent) > 10
    assert len(kinds_of_mail) >= 3, kinds_of_mail
    for mail in sent:
        text = words_of(mail)
        for email, known_as, last_name, staff_number in everybody:
            if email != str(mail["To"]):
                named = [name for name in (f"{known_as} {last_name}", staff_number, email) if name in text]
                assert named == [], text
        for word in HEALTH_WORDS:
            assert not re.search(rf"\b{word}", text, re.IGNORECASE), f"“{word}” in {text}"


def test_the_reminders_among_them_are_one_for_each_reader(mails, as_owner):
    with loaded_demo():
        everything_that_sends_mail(as_owner)
    digests = [mail for mail in mails() if mail["List-Unsubscribe"]]

    assert digests
    assert len({str(mail["To"]) for mail in digests}) == len(digests)
