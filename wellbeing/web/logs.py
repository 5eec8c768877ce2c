"""Keeps addresses out of the log, so that no line ties a person or a machine to a page they looked at.

Django and its libraries put the path into their messages (“Not Found: /champions/3f…/”). This filter
puts the pattern of the address in its place (“/champions/<uuid:champion_id>/”), or nothing where no
pattern is known. The traceback of an error stays: it is needed, and holds no address.
"""

import logging


class WithoutAddresses(logging.Filter):
    """Rewrites records that carry a request; drops those about pages that do not exist."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None:
            return True
        status = getattr(record, "status_code", 0)
        if status < 500:  # a refusal is no fault: no traceback
            record.exc_info = None
        if status == 404:  # a mistyped address can be somebody's search
            return False
        record.msg, record.args = "%s %s %s", (status, getattr(request, "method", ""), pattern(request))
        return True


def pattern(request) -> str:
    """The pattern of the address asked for, without what stood in it."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no such page)"
