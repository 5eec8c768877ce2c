from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("", views.show, name="list"),
    path("<uuid:pk>/put-away/", views.put_away, name="put_away"),
    path("settings/", views.settings, name="settings"),
    path("settings/working-days/", views.working_days, name="working_days"),
    path("pause/", views.pause, name="pause"),
    path("resume/", views.resume, name="resume"),
    path("calendar/open/", views.open_calendar, name="open_calendar"),
    path("calendar/close/", views.close_calendar, name="close_calendar"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("no-more-mail/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
