"""Telling, once the portal answers, where it is and whom to sign in as."""

import http.client
import json
import logging
import time

WEB_PATIENCE = 120  # seconds
ALL_PATIENCE = 45  # seconds: worker and scheduler after the web

log = logging.getLogger("wellbeing.embedded")


def announce(port: int, cast: str, known: dict[str, str]) -> None:
    """Waits for the web, worker and scheduler, then prints the address and the cast."""
    if not _comes_alive(port, "/livez/", patience=WEB_PATIENCE):
        log.warning("The web does not answer on port %s yet: see its lines above", port)
        return
    if not _comes_alive(port, "/healthz/", patience=ALL_PATIENCE):
        log.warning("Not everything is alive: %s", answer(port, "/healthz/")[1])
    address = f"http://localhost:{port}"
    log.info("The portal is running: %s/", address)
    if cast:
        log.info("Everybody in it is invented.\n\n%s\n", cast.rstrip())
    log.info("Data and mail are in %s. Ctrl-C stops everything.", known["VAR_DIR"])


def _comes_alive(port: int, path: str, *, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if answer(port, path)[0] == http.client.OK:
            return True
        time.sleep(0.2)
    return False


def answer(port: int, path: str) -> tuple[int | None, str]:
    """The status and a line about what is not alive; no status where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        parts = json.loads(response.read())
        return response.status, ", ".join(f"{part} {state}" for part, state in parts.items() if state != "ok")
    except (OSError, ValueError, http.client.HTTPException):
        return None, "no answer"
    finally:
        connection.close()
