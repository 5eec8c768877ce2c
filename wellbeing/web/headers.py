"""What every answer tells the browser besides the Content-Security-Policy. Asks no database."""

from django.conf import settings

PERMISSIONS = ", ".join(
    [
        *(f"{feature}=()" for feature in ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)

# Where an address tells whom or what somebody looked at. From these pages the browser names the portal as where it
# comes from, and no page: not even to the portal itself. `no-referrer` would say less, but then browsers send
# `Origin: null` with every form, and each form on the page is refused as sent from elsewhere.
_ROOMS = ("champions", "contact", "did-this-help", "guidance", "search", "services", "spocs", "stories")
PRIVATE = tuple(f"/{room}/" for room in _ROOMS)
PORTAL_ONLY = "strict-origin"


class HeadersMiddleware:
    """Nothing signed-in stays in a cache; nothing of the portal is found by search engines, nor framed elsewhere unless
    the page says by whom."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not getattr(response, "xframe_options_exempt", False):  # the header cannot name origins; the policy does
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if request.path_info.startswith(PRIVATE):
            response.headers["Referrer-Policy"] = PORTAL_ONLY
        if getattr(request, "signed_in", False) or request.path_info.startswith(("/account/", "/demo/", "/my-plan/")):
            response.headers["Cache-Control"] = "no-store"
        return response
