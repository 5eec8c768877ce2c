"""Whatever was written comes back as it was, or does not come back at all."""

import pytest
from django.test import override_settings
from hypothesis import assume, given
from hypothesis import strategies as st

from wellbeing.confidential import sealing

RING = {"k1": bytes(range(32)), "k2": bytes(range(1, 33))}
places = st.uuids().map(lambda key: f"confidential_body:sealed:{key}")
texts = st.text()
keys = st.binary(min_size=32, max_size=32)
answers = st.dictionaries(st.text(max_size=20), st.one_of(texts, st.lists(texts), st.dictionaries(texts, texts)))


@pytest.fixture(autouse=True)
def ring():
    with override_settings(VAULT_KEYS=RING):
        yield


def does_not_open(sealed: bytes, place: str) -> bool:
    with pytest.raises(sealing.CannotOpen) as refusal:
        sealing.open_text(sealed, place=place)
    return len(str(refusal.value)) < 80  # a sentence of ours, not of what it holds


@given(text=texts, place=places)
def test_any_text_opens_where_it_was_sealed(text, place):
    key_id, sealed = sealing.seal_text(text, place=place)

    assert key_id == "k1"
    assert sealing.open_text(sealed, place=place) == text
    assert sealing.open_text(memoryview(sealed), place=place) == text  # as the database hands it over


@given(answers=answers, place=places)
def test_any_answers_come_back_with_their_prompts(answers, place):
    assert sealing.open_answers(sealing.seal_answers(answers, place=place)[1], place=place) == answers


@given(text=st.text(min_size=5), place=places)
def test_what_is_stored_holds_nothing_of_the_text_and_is_never_the_same_twice(text, place):
    once, again = (sealing.seal_text(text, place=place)[1] for _ in range(2))

    assert once != again
    assert text.encode() not in once


@given(text=texts, place=places, other=places)
def test_a_text_moved_to_another_row_does_not_open(text, place, other):
    assume(place != other)
    assert does_not_open(sealing.seal_text(text, place=place)[1], other)


@given(text=texts, place=places)
def test_a_text_moved_to_another_table_does_not_open(text, place):
    _, sealed = sealing.seal_text(text, place=place)
    assert does_not_open(sealed, place.replace("confidential_body", "confidential_draft"))


@given(text=texts, place=places, data=st.data())
def test_one_flipped_bit_anywhere_and_it_does_not_open(text, place, data):
    sealed = bytearray(sealing.seal_text(text, place=place)[1])
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1), label="which bit")
    sealed[bit // 8] ^= 1 << bit % 8

    assert does_not_open(bytes(sealed), place)


@given(text=texts, place=places, data=st.data())
def test_a_text_cut_short_or_made_longer_does_not_open(text, place, data):
    _, sealed = sealing.seal_text(text, place=place)

    assert does_not_open(sealed[: data.draw(st.integers(0, len(sealed) - 1), label="how much is left")], place)
    assert does_not_open(sealed + data.draw(st.binary(min_size=1), label="more"), place)


@given(rubbish=st.binary(), place=places)
def test_what_was_never_sealed_does_not_open(rubbish, place):
    assert does_not_open(rubbish, place)
    assert does_not_open(b"\x01\x02k1" + rubbish, place)


@given(text=texts, place=places, new=keys)
def test_an_old_key_opens_what_it_sealed_and_seals_nothing_more(text, place, new):
    assume(new not in RING.values())
    _, sealed = sealing.seal_text(text, place=place)

    with override_settings(VAULT_KEYS={"k9": new} | RING):
        assert sealing.open_text(sealed, place=place) == text
        assert sealing.seal_text(text, place=place)[0] == "k9"


@given(text=texts, place=places, new=keys)
def test_without_the_old_key_or_with_another_under_its_name_it_does_not_open(text, place, new):
    assume(new not in RING.values())
    _, sealed = sealing.seal_text(text, place=place)

    for ring_without in ({"k9": new}, {"k1": new}, {"k2": RING["k1"]}):
        with override_settings(VAULT_KEYS=ring_without):
            assert does_not_open(sealed, place)


@given(one=answers, other=answers, place=places)
def test_a_fingerprint_knows_the_same_answers_again_and_no_others(one, other, place):
    assert (sealing.fingerprint(one, place=place) == sealing.fingerprint(other, place=place)) == (one == other)


@given(answers=answers, place=places, elsewhere=places, new=keys)
def test_a_fingerprint_says_nothing_to_whoever_lacks_its_key_or_its_place(answers, place, elsewhere, new):
    assume(place != elsewhere and new != RING["k1"])
    mark = sealing.fingerprint(answers, place=place)

    assert mark != sealing.fingerprint(answers, place=elsewhere)
    with override_settings(VAULT_KEYS={"k1": new}):
        assert mark != sealing.fingerprint(answers, place=place)
