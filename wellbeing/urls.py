"""Every address of the portal, by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler400 = "wellbeing.web.errors.bad_request"
handler403 = "wellbeing.web.errors.permission_denied"
handler404 = "wellbeing.web.errors.page_not_found"
handler500 = "wellbeing.web.errors.server_error"

urlpatterns = [
    path("", include("wellbeing.home.urls")),
    path("", include("wellbeing.web.urls")),
    path("", include("wellbeing.support.urls")),
    path("", include("wellbeing.confidential.urls")),
    path("emergencies/", include("wellbeing.break_glass.urls")),
    path("reminders/", include("wellbeing.reminders.urls")),
    path("training/", include("wellbeing.training.urls")),
    path("contact/", include("wellbeing.contact.urls")),
    path("search/", include("wellbeing.search.urls")),
    path("champions/", include("champions.urls")),
    path("spocs/", include("spocs.urls")),
    path("mentoring/", include("mentoring.urls")),
    path("forum/", include("forum.urls")),
    path("noticeboards/", include("forum.urls_noticeboards")),
    path("sharing/", include("wellbeing.sharing.urls")),
    path("my-plan/", include("wellbeing.plan_door.urls")),
    path("my-plan/", include("mentoring.urls_my_plan")),
    path("letters/", include("wellbeing.plan_door.urls_letters")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("wellbeing.demo.urls")))
