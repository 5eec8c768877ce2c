import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path

from wellbeing.people.models import Division
from wellbeing.web.identity import IdentityMiddleware, acting_as


def who_the_database_serves() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.person', true)")
        return cursor.fetchone()[0]


def asked_by(person, view, address="/"):
    request = RequestFactory().get(address)
    request.user = person
    return IdentityMiddleware(view)(request)


def says_who(request):
    return HttpResponse(who_the_database_serves())


def a_page(request):
    return HttpResponse("A page that asks nothing of its own.")


urlpatterns = [path("page/", a_page)]


def test_the_database_knows_for_whom_a_request_is_answered(asha):
    assert asked_by(asha, says_who).content.decode() == str(asha.pk)


def test_for_somebody_not_signed_in_the_database_serves_nobody(asha):
    with acting_as(asha):
        assert asked_by(AnonymousUser(), says_who).content == b""


def test_one_request_leaves_no_identity_to_the_next(asha):
    asked_by(asha, says_who)

    assert not who_the_database_serves()


@pytest.mark.django_db(transaction=True)
def test_the_identity_ends_with_the_transaction(asha):
    asked_by(asha, says_who)

    assert not who_the_database_serves()


def test_an_answer_that_is_an_error_undoes_what_the_request_wrote(asha):
    def fails_politely(request):
        Division.objects.create(name="Half", slug="half")
        return HttpResponse(status=500)

    asked_by(asha, fails_politely)

    assert not Division.objects.filter(slug="half").exists()
    assert not who_the_database_serves()


def test_an_exception_undoes_rows_and_identity(asha):
    def breaks(request):
        Division.objects.create(name="Half", slug="half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        asked_by(asha, breaks)

    assert not Division.objects.filter(slug="half").exists()
    assert not who_the_database_serves()


def test_an_answer_that_is_no_error_keeps_what_the_request_wrote(asha):
    def writes(request):
        Division.objects.create(name="Whole", slug="whole")
        return HttpResponse()

    asked_by(asha, writes)

    assert Division.objects.filter(slug="whole").exists()


def test_acting_as_somebody_inside_gives_the_identity_back(asha, ben):
    with acting_as(asha):
        with acting_as(ben):
            assert who_the_database_serves() == str(ben.pk)
        assert who_the_database_serves() == str(asha.pk)


def test_a_load_balancer_costs_no_transaction(asha, django_assert_num_queries):
    with django_assert_num_queries(0):
        asked_by(asha, a_page, "/livez/")


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
def test_a_signed_in_page_costs_five_statements_and_one_savepoint_before_it_asks_anything(client, asha):
    client.force_login(asha)
    client.get("/page/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/page/").status_code == 200

    kinds = [query["sql"].split()[0].upper() for query in asked]
    # session, the transaction, person, identity; then the view's own savepoint (ATOMIC_REQUESTS) and the end
    assert kinds == ["SELECT", "BEGIN", "SELECT", "SELECT", "SAVEPOINT", "RELEASE", "COMMIT"]
