"""The PDF of a passport: one that a screen reader reads, in which what was typed is text and nothing else."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.mentoring.passport_pages import PASSPORT, PDF, text, written

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

HOSTILE = (
    '#eval("1+1") #sys.inputs $x^2$ *bold* _under_ `raw` \\ @ref <label> = no heading // no comment /* here */ "'
    " <script>alert(1)</script> [brackets] https://force.example/?a=1&b=2 £5 – “quoted”"
)
NO_FONT_HAS_THIS = "\U00030001"  # a letter so rare that no font in use draws it


@pytest.fixture
def client(browse_as, asha):
    return browse_as(asha)


def pdf_of(client) -> PdfReader:
    response = client.get(PDF)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    return PdfReader(BytesIO(response.content))


def words_of(pdf: PdfReader) -> str:
    """Its text, each run of spaces as one: lines break where the page does."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_is_tagged_has_a_language_and_a_title_and_says_that_it_is_accessible(client, asha):
    written(client, helps="A quiet desk", what_1="Starts at ten", since_1="March 2024")
    pdf = pdf_of(client)
    root = pdf.trailer["/Root"]

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.metadata.title == f"Adjustment passport of {asha.name}"
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI"} <= tags_of(root["/StructTreeRoot"])
    for words in (asha.name, "What helps me at work", "A quiet desk", "Starts at ten: since March 2024", "Page 1 of 1"):
        assert words in words_of(pdf)


def tags_of(node) -> set[str]:
    """The tags in the tree that a screen reader walks."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return {tag for child in node for tag in tags_of(child)}
    if not isinstance(node, dict) or "/K" not in node:
        return set()
    return {str(node["/S"])} | tags_of(node["/K"]) if "/S" in node else tags_of(node["/K"])


def test_what_was_typed_is_never_read_as_markup(client):
    written(client, helps=HOSTILE, what_1=HOSTILE, hard_day="#panic()\n= Not a heading\n- not a list")
    words = words_of(pdf_of(client)).replace(" ", "")

    assert words.count(HOSTILE.replace(" ", "")) == 2
    assert "#panic()=Notaheading-notalist" in words


def test_signs_that_no_font_draws_are_written_out_and_what_cannot_be_seen_is_left_out(client):
    written(client, helps="Tea 🙂 and a walk ❤️\x07\u200b\ue000, 👍🏽 at Łódź → café")

    words = words_of(pdf_of(client))
    assert "Tea [slightly smiling face] and a walk [heavy black heart], [thumbs up sign] at Łódź → café" in words


def test_four_thousand_characters_without_a_space_stay_on_the_page(client):
    written(client, helps="x" * 4000, harder="word " * 800)
    pdf = pdf_of(client)
    assert words_of(pdf).count("x") >= 4000
    assert words_of(pdf).count("word") >= 800
    places = set()
    for page in pdf.pages:
        page.extract_text(visitor_text=lambda text, to_page, *rest: places.add((to_page[4], to_page[5])))
    assert max(x for x, _ in places) < page.mediabox.width
    assert len({y for _, y in places}) > 40


def test_where_it_cannot_be_made_the_page_says_what_to_do_and_nothing_of_it_is_in_the_log(client, caplog):
    written(client, helps=f"Secretly {NO_FONT_HAS_THIS}")
    answer = client.get(PDF)
    assert answer.url == PASSPORT
    assert "The PDF could not be made. Print this page instead" in text(client, answer.url)
    assert "passport.typ could not be made into a PDF." in caplog.text
    assert NO_FONT_HAS_THIS not in caplog.text
    assert "30001" not in caplog.text


def test_each_pdf_is_written_down_in_the_read_log_and_kept_nowhere(client, asha, as_owner, settings):
    written(client, helps="A quiet desk")
    before = {path for path in settings.VAR_DIR.rglob("*") if path.is_file()}
    pdf_of(client)

    as_owner.execute(
        "select reader_id, via, why from confidential_readlog where subject_id = %s order by id", [asha.pk]
    )
    assert as_owner.fetchall()[-1] == (asha.pk, "self", "making a PDF of it")
    assert {path for path in settings.VAR_DIR.rglob("*") if path.is_file()} == before
