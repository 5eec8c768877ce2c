"""The demonstration: invented people, and a page on which anybody signs in as any of them.

Nothing in here can be imported by a portal that is not a demonstration, so that no forgotten
address, command or import can sign somebody in to a real one.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if not settings.DEMO:
    raise ImproperlyConfigured("The demonstration's code does not run in a real portal: DEMO is not set.")
