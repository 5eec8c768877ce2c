from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def mail_folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return Path(settings.EMAIL_FILE_PATH)


def send(*subjects: str, text: str = "Your code is 123456.", html: str = "<p>Your code</p>") -> None:
    """Send mails over one connection, as the demonstration does: into one file."""
    mails = [EmailMultiAlternatives(subject, text, "portal@force.example", ["é@force.example"]) for subject in subjects]
    for mail in mails:
        mail.attach_alternative(html, "text/html")
    get_connection(FILES).send_messages(mails)


def test_an_empty_mailbox_says_so(client, mail_folder, db):
    assert "No mail has been sent yet" in client.get("/demo/mailbox/").content.decode()


def test_mails_stand_with_the_newest_first_and_open_as_text(client, mail_folder, db):
    send("First")
    send("Second: ñ and “quotes”", "Third")

    page = client.get("/demo/mailbox/")

    assert {mail.subject for mail in page.context["mails"]} == {"First", "Second: ñ and “quotes”", "Third"}
    for mail in page.context["mails"]:
        opened = client.get(f"/demo/mailbox/{mail.key}/").content.decode()
        assert "Your code is 123456." in opened
        assert "é@force.example" in opened


def test_newer_mails_come_before_older_ones(client, mail_folder, db, time_machine):
    time_machine.move_to("2026-03-02 09:00")
    send("Older")
    time_machine.move_to("2026-03-02 09:05")
    send("Newer")

    assert [mail.subject for mail in client.get("/demo/mailbox/").context["mails"]] == ["Newer", "Older"]


def test_what_stands_in_a_mail_is_shown_and_not_obeyed(client, mail_folder, db):
    send("<script>subject</script>", text="<script>alert(1)</script> https://force.example/x?a=1&b=2")
    key = client.get("/demo/mailbox/").context["mails"][0].key

    page = client.get(f"/demo/mailbox/{key}/").content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<script>subject" not in page
    assert 'href="https://force.example/x?a=1&amp;b=2"' in page


@pytest.mark.parametrize("key", ["nothing", "..", "%2e%2e%2fportal.env", "portal-env-0"])
def test_no_other_file_can_be_read_by_its_name(client, mail_folder, db, key):
    send("A mail")
    Path(mail_folder, "portal.env").write_text("SECRET_KEY=…")

    assert client.get(f"/demo/mailbox/{key}/").status_code in (301, 302, 404)


def test_a_broken_file_does_not_close_the_mailbox(client, mail_folder, db):
    send("A mail")
    Path(mail_folder, "broken.log").write_bytes(b"\xff\xfe no mail at all \x00")
    Path(mail_folder, "empty.log").write_bytes(b"")

    assert client.get("/demo/mailbox/").status_code == 200


def test_the_demonstration_sends_into_its_own_folder():
    assert Path(settings.EMAIL_FILE_PATH) == settings.VAR_DIR / "mail"
