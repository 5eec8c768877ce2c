"""The checks themselves: each finds the fault it is there for."""

import pytest

from tests.browser.checks import faults_of
from tests.browser.conftest import Watch

SOUND = "<!doctype html><html lang=en><title>Sound</title><main><h1>Sound</h1>{}</main>"


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("<a href='#nowhere'>Skip</a>", "#-link without a target: #nowhere"),
        ("<label>Name <input name=known_as value=None></label>", '"None" stands in known_as'),
        ("<p style='width: 400px'>Wide</p>", "wider than a screen of 320 px"),
        ("<input name=unlabelled>", "axe, wide: label"),
        ("<p style='color: #bbb'>Pale</p>", "axe, wide: color-contrast"),
    ],
)
def test_a_faulty_page_is_found_out(page, tmp_path, fault, found):
    page.set_content(SOUND.format(fault))
    assert any(found in line for line in faults_of(page, pictures=tmp_path / "faulty"))
    assert (tmp_path / "faulty-narrow.png").exists()


def test_a_sound_page_has_no_faults(page, tmp_path, monkeypatch):
    monkeypatch.delenv("PICTURES", raising=False)
    page.set_content(SOUND.format("<p>Text</p>"))
    assert faults_of(page, pictures=tmp_path / "sound") == []
    assert list(tmp_path.iterdir()) == []


def test_a_request_to_another_host_is_noticed(page, context, base_url):
    watch = Watch(base_url)
    page = context.browser.new_page()
    page.on("request", watch.on_request)
    page.set_content("<img src='https://elsewhere.invalid/pixel.png'>")
    page.wait_for_load_state()
    page.close()
    assert watch.strangers == ["https://elsewhere.invalid/pixel.png"]


def test_a_file_that_is_missing_is_noticed(page, context, base_url):
    watch = Watch(base_url)
    page = context.browser.new_page(base_url=base_url)
    page.on("console", watch.on_console)
    page.goto("/urgent/")
    with page.expect_console_message(lambda message: "404" in message.text):
        page.evaluate("""() => { document.body.append(Object.assign(new Image(), { src: '/static/no-such.png' })) }""")
    page.close()
    assert watch.missing == [f"{base_url}/static/no-such.png"]
    assert context.request.get(watch.missing[0]).status == 404


def test_an_inline_script_is_noticed(page, context, base_url):
    watch = Watch(base_url)
    page = context.browser.new_page(base_url=base_url)
    page.on("console", watch.on_console)
    page.goto("/urgent/")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "Run"';
        document.body.append(script);
    }""")
    page.wait_for_timeout(100)
    page.close()
    assert any("Content Security Policy" in message for message in watch.said)
