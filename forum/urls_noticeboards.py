"""Noticeboards have a short address of their own: it stands on paper."""

from django.urls import path

from .views import boards

urlpatterns = [
    path("", boards.noticeboards, name="noticeboards"),
    path("hung/<str:token>/", boards.hung, name="noticeboard_hung"),
    path("wall/<str:token>/", boards.wall, name="noticeboard_wall"),
    path("<slug:slug>/", boards.noticeboard, name="noticeboard"),
    path("<slug:slug>/paper/", boards.paper, name="noticeboard_paper"),
    path("<slug:slug>/pdf/", boards.pdf, name="noticeboard_pdf"),
    path("<slug:slug>/screen/", boards.screen, name="noticeboard_screen"),
]
