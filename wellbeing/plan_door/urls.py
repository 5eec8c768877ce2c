"""Under /my-plan/, before the pages of the plan itself."""

from django.urls import path

from wellbeing.confidential import views as confidential

from .views import entering, own, pages

app_name = "door"
WHO_LOOKED = {"back": "door:who_looked"}
urlpatterns = [
    path("enter/", entering.enter, name="enter"),
    path("enter/code/", entering.enter_code, name="enter_code"),
    path("enter/passkey/", entering.enter_passkey, name="enter_passkey"),
    path("enter/letter/", entering.enter_letter, name="enter_letter"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("set-up/", own.set_up, name="set_up"),
    path("confirm/", own.confirm, name="confirm"),
    path("confirm/passkey/", own.confirm_passkey, name="confirm_passkey"),
    path("my-entry/", own.my_entry, name="my_entry"),
    path("my-entry/pin/", own.change_pin, name="change_pin"),
    path("my-entry/address/", own.change_address, name="change_address"),
    path("my-entry/address/code/", own.confirm_address, name="confirm_address"),
    path("my-entry/passkeys/add/", own.add_passkey, name="add_passkey"),
    path("my-entry/passkeys/<uuid:pk>/remove/", own.remove_passkey, name="remove_passkey"),
    path("my-entry/end-others/", own.end_others, name="end_others"),
    path("enter/done/", pages.start, name="start"),
    path("who-looked/", pages.who_looked, name="who_looked"),
    path("who-looked/links/<uuid:pk>/hand-over/", confidential.hand_over, WHO_LOOKED, name="hand_over"),
    path("who-looked/links/<uuid:pk>/end/", confidential.end, WHO_LOOKED, name="end_link"),
    path("who-looked/reasons/", confidential.reasons, WHO_LOOKED, name="reasons"),
    path("urgent/", pages.urgent, name="urgent"),
    path("guidance/", pages.guidance, name="guidance"),
    path("guidance/<uuid:address>/", pages.guidance_page, name="guidance_page"),
    path("guidance/<slug:slug>/", pages.guidance_named),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("stay-signed-in/", pages.stay, name="stay"),
]
