import re

import pytest

from tests.benchmarks import __main__ as bench

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_the_benchmark_compares_the_directory_with_a_bare_page(capsys):
    bench.main(["--only", "directory", "--people", "400", "--rounds", "10"])

    said = capsys.readouterr().out
    assert re.search(r"a bare Django page +[\d.]+ ms .* 1\.00 x", said)
    assert re.search(r"the directory +[\d.]+ ms .* [\d.]+ x", said)


def test_the_benchmark_shows_what_the_walls_around_confidential_text_cost(capsys):
    bench.main(["--only", "records", "--people", "400", "--records", "4000", "--rounds", "10"])

    said = capsys.readouterr().out
    for fsync in ("off", "on"):
        _, _, opening = said.partition(f"4,000 records, fsync {fsync}")
        assert re.search(r"a bare indexed read, committed +[\d.]+ ms .* 1\.00 x", opening)
        assert re.search(r"opening a record +[\d.]+ ms .* [\d.]+ x", opening)
    assert re.search(r"the page without row security +[\d.]+ ms .* 1\.00 x", said)
    assert re.search(r"the manager's page +[\d.]+ ms .* [\d.]+ x", said)


def test_the_benchmark_tells_how_long_suggesting_career_mentors_takes(capsys):
    bench.main(["--only", "suggestions", "--mentors", "50", "100", "--rounds", "5"])

    said = capsys.readouterr().out
    for mentors in (50, 100):
        _, _, suggesting = said.partition(f"{mentors} career mentors  ")
        assert re.search(r"the same mentors, read in no order +[\d.]+ ms .* 1\.00 x", suggesting)
        assert re.search(r"twelve suggestions with reasons +[\d.]+ ms .* [\d.]+ x", suggesting)


def test_the_benchmark_compares_the_sweep_with_the_sql_that_it_runs(capsys):
    bench.main(["--only", "sweep", "--people", "400", "--rounds", "2"])

    said = capsys.readouterr().out
    for title in ("nobody told yet", "everybody told"):
        _, _, sweep = said.partition(f"400 people, {title}")
        assert re.search(r"the bare SQL +[\d.]+ ms .* 1\.00 x", sweep)
        assert re.search(r"the sweep +[\d.]+ ms .* [\d.]+ x", sweep)
    assert re.search(r"400 people: the process had \d+ MB before its first sweep and \d+ MB at most", said)
    assert re.search(r"Then \d+ digests were gathered in [\d.]+ s", said)


def test_the_benchmark_tells_how_long_the_posters_of_all_stations_take(capsys):
    bench.main(["--only", "posters", "--people", "400", "--rounds", "2"])

    said = capsys.readouterr().out
    for size in ("A4", "A3"):
        _, _, posters = said.partition(f"Posters on {size}")
        assert re.search(r"25 documents of one poster +[\d.]+ ms .* 1\.00 x", posters)
        assert re.search(r"one document of 25 posters +[\d.]+ ms .* [\d.]+ x", posters)
    assert re.search(r"as one document took [\d.]+ s at most", said)


def test_the_benchmark_compares_searching_the_portal_with_searching_the_directory(capsys):
    bench.main(["--only", "search", "--people", "400", "--rounds", "5"])

    _, _, searching = capsys.readouterr().out.partition("400 people, searching")
    assert re.search(r"a name, in the directory alone +[\d.]+ ms .* 1\.00 x", searching)
    for way in ("a name", "a name with a typing error", "what is on somebody's mind", "what nobody has"):
        assert re.search(rf"{way} +[\d.]+ ms .* [\d.]+ x", searching)
