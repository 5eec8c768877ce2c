"""The first page: somebody to talk to within three taps, and what waits."""


def html_of(client, address="/") -> str:
    return client.get(address).content.decode()


def test_the_front_door_leads_to_help_without_signing_in(client, db):
    html = html_of(client)
    assert 'href="/urgent/"' in html
    assert 'href="/worried/"' in html
    assert "Sign in to find someone" in html


def test_home_starts_with_somebody_to_talk_to(client, asha):
    client.force_login(asha)
    html = html_of(client)
    assert "Hello, Asha" in html
    assert html.index("Find someone to talk to") < html.index("I need support now") < html.index("worried about a coll")


def test_nothing_waiting_is_said_so(client, asha):
    client.force_login(asha)
    assert "Nothing is waiting for you." in html_of(client)


def test_without_a_champion_anywhere_home_still_says_where_to_turn(client, asha):
    client.force_login(asha)
    assert "No champion is listed near Ashford yet" in html_of(client)


def test_somebody_of_no_station_gets_a_home_page(client, asha):
    type(asha).objects.filter(pk=asha.pk).update(station=None)
    client.force_login(asha)
    assert "does not say at which station you work" in html_of(client)


def test_home_leaves_no_visited_colours(client, asha):
    client.force_login(asha)
    assert "no-visited" in html_of(client)
