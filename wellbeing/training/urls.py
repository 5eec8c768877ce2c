from django.urls import path

from .views import attendance, coming, compliance, organising, own

app_name = "training"

urlpatterns = [
    path("", coming.sessions, name="list"),
    path("mine/", own.mine, name="mine"),
    path("sessions/<uuid:pk>/", coming.session, name="session"),
    path("sessions/<uuid:pk>/book/", coming.book, name="book"),
    path("sessions/<uuid:pk>/answer/", coming.answer, name="answer"),
    path("sessions/<uuid:pk>/withdraw/", coming.withdraw, name="withdraw"),
    path("sessions/<uuid:pk>/training.ics", own.ics, name="ics"),
    path("places/<uuid:pk>/", coming.place, name="place"),
    path("certificates/<uuid:pk>/certificate.pdf", own.certificate, name="certificate"),
    # --- whoever organises
    path("organise/", organising.organise, name="organise"),
    path("organise/plan/", organising.plan, name="plan"),
    path("organise/record/", attendance.record, name="record"),
    path("organise/record/<uuid:pk>/", attendance.take_back, name="take_back"),
    path("organise/courses/new/", organising.new_course, name="new_course"),
    path("organise/courses/<int:pk>/", organising.course, name="course"),
    path("organise/<uuid:pk>/", organising.session, name="organise_session"),
    path("organise/<uuid:pk>/change/", organising.change, name="change_session"),
    path("organise/<uuid:pk>/cancel/", organising.cancel, name="cancel_session"),
    path("organise/<uuid:pk>/attendance/", attendance.attendance, name="attendance"),
    path("organise/<uuid:pk>/sheet/", attendance.sheet, name="sheet"),
    # --- who must hold what
    path("compliance/", compliance.compliance, name="compliance"),
    path("compliance/people/", compliance.compliance_people, name="compliance_people"),
    path("compliance/people.csv", compliance.compliance_csv, name="compliance_csv"),
]
