"""Included before allauth's own addresses: a few of those are replaced by pages of ours."""

from django.urls import path
from django.views.generic import RedirectView

from . import health, views

urlpatterns = [
    path("livez/", health.livez, name="livez"),
    path("healthz/", health.healthz, name="healthz"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("account/", views.my_account, name="my_account"),
    path("account/second-factor/", views.second_factor_needed, name="second_factor_needed"),
    path("account/confirm/", views.confirm_it_is_you, name="confirm_it_is_you"),
    path("account/stay-signed-in/", views.stay_signed_in, name="stay_signed_in"),
    # The roster owns the address somebody signs in with: allauth's pages to change it are not reachable.
    path("account/email/", views.my_email, name="account_email"),
    path("account/confirm-email/", RedirectView.as_view(pattern_name="account_email")),
    path("account/confirm-email/<path:key>/", RedirectView.as_view(url="/account/email/")),
]
