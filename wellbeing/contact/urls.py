from django.urls import path

from .views import ask, mine, reports

app_name = "contact"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("ask/<uuid:key>/", ask.ask, name="ask"),
    path("requests/<uuid:pk>/", mine.show, name="request"),
    path("requests/<uuid:pk>/in-touch/", mine.in_touch, name="in_touch"),
    path("requests/<uuid:pk>/cannot/", mine.cannot, name="cannot"),
    path("requests/<uuid:pk>/delete/", mine.delete, name="delete"),
    path("requests/<uuid:pk>/block/", mine.block, name="block"),
    path("requests/<uuid:pk>/report/", mine.report, name="report"),
    path("blocks/<uuid:pk>/end/", mine.unblock, name="unblock"),
    # --- whoever handles reports
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:pk>/", reports.report, name="report_shown"),
    path("reports/<uuid:pk>/close/", reports.close, name="report_close"),
]
