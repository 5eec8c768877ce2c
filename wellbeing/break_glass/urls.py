from django.urls import path

from . import views

app_name = "break_glass"
urlpatterns = [
    path("", views.emergencies, name="emergencies"),
    path("ask/", views.ask, name="ask"),
    path("<uuid:pk>/answer/", views.answer, name="answer"),
    path("<uuid:pk>/", views.records, name="records"),
    path("<uuid:pk>/close/", views.close, name="close"),
    path("<uuid:pk>/records/<uuid:record>/", views.record, name="record"),
]
