import re

import pytest

from tests.benchmarks import __main__ as bench

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_the_benchmark_compares_the_directory_with_a_bare_page(capsys):
    bench.main(["--people", "400", "--rounds", "10"])

    said = capsys.readouterr().out
    assert re.search(r"a bare Django page +[\d.]+ ms .* 1\.00 x", said)
    assert re.search(r"the directory +[\d.]+ ms .* [\d.]+ x", said)
