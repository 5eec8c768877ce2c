"""The pages of the person away, under an address of their own that a force can publish outside its intranet."""

from django.urls import path

from .views import keeping, my_plan, my_return, passports, swaps

app_name = "my_plan"
urlpatterns = [
    path("", my_plan.show, name="show"),
    path("start/", my_plan.start, name="start"),
    path("dates/", my_plan.dates, name="dates"),
    path("contact/", my_plan.contact, name="contact"),
    path("who/", my_plan.who, name="who"),
    path("pause/", my_plan.pause, name="pause"),
    path("pause/end/", my_plan.end_pause, name="end_pause"),
    path("colleagues/", my_plan.colleagues, name="colleagues"),
    path("contacts/", my_plan.contacts, name="contacts"),
    path("draft/", keeping.keep_draft, name="draft"),
    path("draft/drop/", keeping.drop_draft, {"then": "my_plan:show"}, name="drop_draft"),
    path("passport/", passports.mine, name="passport"),
    path("passport/edit/", passports.edit, name="passport_edit"),
    path("passport/versions/", passports.versions, name="passport_versions"),
    path("passport/passport.pdf", passports.pdf, name="passport_pdf"),
    path("passport/share/", passports.share, name="passport_share"),
    path("passport/share/<uuid:pk>/stop/", passports.stop_sharing, name="passport_stop_sharing"),
    path("passport/draft/", keeping.keep_draft, name="passport_draft"),
    path("passport/draft/drop/", keeping.drop_draft, {"then": "my_plan:passport_edit"}, name="passport_drop_draft"),
    path("return/", my_return.return_plan, name="return_plan"),
    path("return/choose/", my_return.return_choose, name="return_choose"),
    path("return/write/", my_return.return_write, name="return_write"),
    path("return/comment/", my_return.return_comment, name="return_comment"),
    path("return/adjustments/<uuid:pk>/decides/", my_return.return_decides, name="return_decides"),
    path("return/let-read/", my_return.return_let_read, name="return_let_read"),
    path("return/end/", my_return.return_end, name="return_end"),
    path("return/print/", my_return.return_print, name="return_print"),
    path("return/draft/drop/", keeping.drop_draft, {"then": "my_plan:return_plan"}, name="return_drop_draft"),
    path("swap/", swaps.swap, name="swap"),
    path("swap/ask/", swaps.ask, name="swap_ask"),
    path("swap/pick/", swaps.pick, name="swap_pick"),
    path("swap/none-of-these/", swaps.none_of_these, name="swap_none"),
    path("swap/withdraw/", swaps.withdraw, name="swap_withdraw"),
    path("earlier/", swaps.earlier, name="earlier"),
]
