"""Slides and handouts: what may be kept, who may put it there, and how it is handed out."""

import uuid
import zlib
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.factories.guidance import a_page
from wellbeing.people import history
from wellbeing.support import actions, handout_files
from wellbeing.support.models import Handout, HandoutFile

MB = 1024 * 1024


def a_pdf(change=None, *, pages=1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    if change:
        change(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def action(kind, **more):
    def change(writer):
        entries = {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
        does = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **entries})
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(does)

    return change


def whose_kind_stands_elsewhere(writer):
    """An action whose kind is an object of its own, so that no dictionary names it."""
    kind = writer._add_object(NameObject("/Launch"))
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject({NameObject("/S"): kind}))


def a_linked_page(writer):
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://www.nhs.uk/"))
    writer.add_annotation(0, FreeText(text="Breathe", rect=(0, 0, 9, 9)))


def in_a_compressed_object(entry: bytes) -> bytes:
    """A PDF 1.5 whose catalogue stands in a compressed stream of objects, where a plain search finds nothing."""
    catalogue = b"<< /Type /Catalog /Pages 3 0 R " + entry + b" >>"
    packed = zlib.compress(b"2 0 " + catalogue)
    parts = [b"%PDF-1.5\n"]
    at = {}

    def put(number, body):
        at[number] = sum(map(len, parts))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    put(
        1,
        b"<< /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
        % (len(packed), packed),
    )
    put(3, b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>")
    put(4, b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>")
    at[5] = sum(map(len, parts))
    rows = [(0, 0, 65535), (1, at[1], 0), (2, 1, 0), (1, at[3], 0), (1, at[4], 0), (1, at[5], 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + last.to_bytes(2, "big") for kind, place, last in rows)
    head = b"<< /Type /XRef /Size 6 /W [1 4 2] /Root 2 0 R /Length %d >>" % len(table)
    parts.append(b"5 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, at[5]))
    return b"".join(parts)


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def sent(client, page, content=None, name="slides.pdf", **values):
    file = SimpleUploadedFile(name, a_pdf() if content is None else content, content_type="text/html")
    values = {"key": str(uuid.uuid4()), "title": "Slides on sleep", "file": file} | values
    return client.post(reverse("guidance_handouts", args=[page.address]), values, follow=True)


@pytest.fixture
def kept(asha):
    page = a_page(owner_id=asha.pk)
    file = handout_files.checked(a_pdf(pages=3), "Sleep.pdf")
    return actions.add_handout(guidance=page, key=uuid.uuid4(), title="Slides on sleep", file=file, by=asha)


# --- What may be kept -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a whole PDF"),
        (b"<html><script>alert(1)</script></html>", "not a whole PDF"),
        (b"<script>alert(1)</script>" + a_pdf(), "not a whole PDF"),
        (a_pdf()[:-40], "not a whole PDF"),
        (b"%PDF-1.7\nnothing\n%%EOF", "cannot be read through"),
        (a_pdf().replace(b"startxref", b"startxxxx"), "cannot be read through"),
        (a_pdf() + b"0" * (10 * MB), "more than 10 MB"),
        (a_pdf(pages=201), "201 pages"),
        (a_pdf(lambda writer: writer.encrypt("secret")), "password"),
        (a_pdf(action("JavaScript", JS="app.alert(1)")), "holds a script"),
        (a_pdf(lambda writer: writer.add_attachment("virus.exe", b"MZ")), "another file inside"),
        (a_pdf(action("Launch", F="cmd.exe")), "holds a script"),
        (a_pdf(action("SubmitForm")), "a form that is sent"),
        (a_pdf(action("URI", URI="https://counts.example/")), "opens something by itself"),
        (a_pdf(action("GoTo", Next="3 0 R")), "opens something by itself"),
        (a_pdf(action("JavaScript")).replace(b"/JavaScript", b"/J#61vaScrip#74"), "holds a script"),
        (a_pdf(whose_kind_stands_elsewhere), "holds a script"),
        (in_a_compressed_object(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "holds a script"),
        (in_a_compressed_object(b"/Names << /EmbeddedFiles << /Names [] >> >>"), "another file inside"),
        (a_pdf().replace(b"%%EOF", b"9 0 obj << /S /JavaScript /JS (x) >> endobj\n%%EOF"), "holds a script"),
    ],
)  # fmt: skip
def test_what_is_no_pdf_hides_or_acts_is_not_kept(content, reason):
    with pytest.raises(handout_files.HandoutError, match=reason):
        handout_files.checked(content, "slides.pdf")


@pytest.mark.parametrize(
    "content",
    [a_pdf(pages=200), a_pdf(a_linked_page), a_pdf(action("GoTo", D="1")), in_a_compressed_object(b"/Lang (en)")],
)
def test_a_plain_pdf_with_links_is_kept(content):
    assert handout_files.checked(content, "slides.pdf").content == content


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\slides\\Schlaf & Ruhe.PDF", "schlaf-ruhe.pdf"),
        ('a"; filename="x.html.pdf', "a-filenamexhtml.pdf"),
        ("naïve\r\nSet-Cookie: a=b.pdf", "naive-set-cookie-ab.pdf"),
        ("睡眠.pdf", "handout.pdf"),
        ("x" * 300 + ".pdf", "x" * 70 + ".pdf"),
    ],
)
def test_a_name_is_made_of_plain_letters(typed, safe):
    assert handout_files.safe_name(typed) == safe


# --- Adding and taking away ---------------------------------------------------------------------------------


def test_an_owner_adds_slides_and_readers_download_them_as_a_file_that_nothing_can_run_in(browse_as, asha, chidi):
    page, content = a_page(owner_id=asha.pk), a_pdf(pages=2)

    assert "can be downloaded from the page" in text_of(sent(browse_as(asha), page, content, name='../a"b.pdf'))

    handout = Handout.objects.get()
    assert (handout.uploaded_by, handout.pages, handout.size) == (asha, 2, len(content))
    assert history.of(page)[0].details == {"handout": [None, "Slides on sleep"]}
    reader = browse_as(chidi)
    assert "Slides on sleep</a> (PDF, 2 pages," in text_of(reader.get(page.get_absolute_url()))
    answer = reader.get(reverse("handout", args=[handout.pk]))
    assert answer.content == content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="ab.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"


def test_what_is_refused_comes_back_with_the_reason_and_what_was_typed(browse_as, asha):
    page, client = a_page(owner_id=asha.pk), browse_as(asha)

    for content, reason in ((b"<html>", "not a whole PDF"), (b"%PDF-" + b"0" * (11 * MB), "more than 10 MB")):
        shown = text_of(sent(client, page, content))
        assert reason in shown
        assert 'value="Slides on sleep"' in shown
    assert not Handout.objects.exists()


def test_the_same_form_sent_twice_keeps_one_and_a_title_stands_once(browse_as, asha, kept):
    client, key = browse_as(asha), str(uuid.uuid4())
    for _ in range(2):
        sent(client, kept.guidance, key=key, title="More")
    assert "There is a file of this title on this page already." in text_of(sent(client, kept.guidance))

    assert Handout.objects.count() == 2


def test_a_page_has_twenty_files_at_most(asha, kept, monkeypatch, browse_as):
    monkeypatch.setattr("wellbeing.support.actions.handouts.MOST_ON_A_PAGE", 1)

    assert "Take one away first." in text_of(sent(browse_as(asha), kept.guidance, title="More"))


def test_taking_one_away_takes_its_content_too(browse_as, asha, kept):
    answer = browse_as(asha).post(reverse("handout_remove", args=[kept.pk]), follow=True)

    assert "“Slides on sleep” is taken away." in text_of(answer)
    assert not HandoutFile.objects.exists()
    assert history.of(kept.guidance)[0].details == {"handout": ["Slides on sleep", None]}


@pytest.mark.parametrize(
    ("who", "may"),
    [("asha", True), ("coordinator", True), *((other, False) for other in ("ben", "hr", "lead", "dpo", "superuser"))],
)
def test_who_keeps_the_files_of_a_page(browse_as, request, kept, who, may):
    client = browse_as(request.getfixturevalue(who))
    address = reverse("guidance_handouts", args=[kept.guidance.address])

    assert (client.get(address).status_code == 200) is may
    assert (sent(client, kept.guidance, title="More").status_code == 200) is may
    assert Handout.objects.count() == (2 if may else 1)
    assert (client.post(reverse("handout_remove", args=[kept.pk])).status_code == 302) is may
    assert Handout.objects.filter(pk=kept.pk).exists() is not may


def test_by_their_role_alone_the_coordinator_needs_a_second_factor(client, coordinator, kept):
    client.force_login(coordinator)

    for answer in (
        client.get(reverse("guidance_handouts", args=[kept.guidance.address])),
        client.post(reverse("handout_remove", args=[kept.pk])),
    ):
        assert answer.url == reverse("second_factor_needed")
    assert Handout.objects.exists()


def test_files_of_a_page_that_is_not_published_are_for_those_who_keep_it(browse_as, client, asha, ben, kept):
    actions.save_guidance(guidance=kept.guidance, by=None, published=False)
    address = reverse("handout", args=[kept.pk])

    assert browse_as(asha).get(address).status_code == 200
    assert browse_as(ben).get(address).status_code == 404
    assert client.get(address).url == "/account/login/"


def test_the_list_asks_as_often_for_three_files_as_for_one(browse_as, asha, kept, django_assert_max_num_queries):
    client, asked = browse_as(asha), []
    address = reverse("guidance_handouts", args=[kept.guidance.address])
    client.get(address)
    for titles in ((), ("Two", "Three")):
        for title in titles:
            file = handout_files.checked(a_pdf(), "x.pdf")
            actions.add_handout(guidance=kept.guidance, key=uuid.uuid4(), title=title, file=file, by=asha)
        with django_assert_max_num_queries(30) as captured:
            client.get(address)
        asked.append(len(captured))
        assert not any("content" in query["sql"] for query in captured.captured_queries)
    assert asked[0] == asked[1]
