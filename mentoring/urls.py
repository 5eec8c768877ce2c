from django.urls import include, path

from .views import absences, contacts, keeping, manager, one_to_ones, passports, reading

app_name = "mentoring"
urlpatterns = [
    path("", manager.manager, name="manager"),
    path("career/", include("mentoring.urls_career")),
    path("people/<int:person_id>/", manager.with_person, name="with"),
    path("people/<int:person_id>/caught-up/", manager.quick, name="quick"),
    path("people/<int:person_id>/schedule/", manager.schedule, name="schedule"),
    path("schedule/", manager.schedule_all, name="schedule_all"),
    path("acting/", manager.acting, name="acting"),
    path("acting/<int:person_id>/end/", manager.end_acting, name="end_acting"),
    path("1-1s/", reading.mine, name="mine"),
    path("1-1s/new/<int:person_id>/", one_to_ones.log, name="log"),
    path("1-1s/new/<int:person_id>/texts/", one_to_ones.prepare, name="prepare"),
    path("1-1s/<uuid:pk>/", reading.one_to_one, name="one_to_one"),
    path("1-1s/<uuid:pk>/correct/", one_to_ones.correct, name="correct"),
    path("1-1s/<uuid:pk>/comment/", reading.comment, name="comment"),
    path("1-1s/<uuid:pk>/ask/", reading.ask_correction, name="ask_correction"),
    path("actions/<uuid:pk>/done/", reading.action_done, name="action_done"),
    path("adjustments/of/<int:person_id>/", reading.adjustments, name="adjustments"),
    path("adjustments/<uuid:pk>/end/", reading.end_adjustment, name="end_adjustment"),
    path("passports/", passports.shared, name="passports"),
    path("passports/<uuid:pk>/", passports.one, name="passport"),
    path("how-i-like-to-be-supported/", reading.wishes, name="wishes"),
    path("absences/new/<int:person_id>/", absences.new, name="away"),
    path("absences/<uuid:pk>/dates/", absences.dates, name="absence_dates"),
    path("absences/<uuid:pk>/told/", absences.told, name="absence_told"),
    path("contacts/", contacts.kept, name="contacts"),
    path("contacts/<uuid:pk>/", contacts.timeline, name="contacts_with"),
    path("contacts/<uuid:pk>/new/", contacts.new, name="contact_new"),
    path("contacts/<uuid:pk>/plan/", contacts.plan, name="contact_plan"),
    path("contacts/<uuid:pk>/told/", contacts.told, name="contact_told"),
    path("draft/", keeping.keep_draft, name="draft"),
    path("draft/drop/", keeping.drop_draft, name="drop_draft"),
]
