"""HR's pages of absences, and the wellbeing lead's figures."""

from django.urls import path

from .views import absence_feed, figures, half_pay, hr_absences

urlpatterns = [
    path("absences/", hr_absences.running, name="hr_absences"),
    path("absences/start/", hr_absences.start, name="hr_absences_start"),
    path("absences/feed/", absence_feed.choose, name="absence_feed"),
    path("absences/feed/<uuid:pk>/", absence_feed.file, name="absence_feed_file"),
    path("absences/feed/<uuid:pk>/confirm/", absence_feed.confirm, name="absence_feed_confirm"),
    path("absences/feed/<uuid:pk>/drop/", absence_feed.drop, name="absence_feed_drop"),
    path("absences/feed/<uuid:pk>/rejected.csv", absence_feed.rejects, name="absence_feed_rejects"),
    path("absences/<uuid:pk>/hr/", hr_absences.absence, name="hr_absence"),
    path("absences/<uuid:pk>/half-pay/", half_pay.half_pay, name="half_pay"),
    path("figures/", figures.figures, name="figures"),
]
