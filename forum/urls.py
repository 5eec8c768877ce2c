from django.urls import path

from .views import home, meetings, papers, seats

app_name = "forum"

urlpatterns = [
    path("", home.forum, name="home"),
    path("mine/", home.mine, name="mine"),
    path("secretary/", home.secretary, name="secretary"),
    # --- who sits
    path("who/", seats.who, name="who"),
    path("strands/", seats.strands, name="strands"),
    path("strands/add/", seats.add_strand, name="add_strand"),
    path("strands/<int:pk>/", seats.strand, name="strand"),
    path("strands/<int:pk>/change/", seats.change_strand, name="change_strand"),
    path("strands/<int:pk>/seat/", seats.retire_strand, name="retire_strand"),
    path("terms/<uuid:pk>/", seats.end_term, name="end_term"),
    path("rules/", seats.rules, name="rules"),
    # --- meetings
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/plan/", meetings.plan, name="plan_meetings"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>.ics", meetings.meeting_ics, name="meeting_ics"),
    path("meetings/<uuid:pk>/answer/", meetings.answer, name="answer_invitation"),
    path("meetings/<uuid:pk>/change/", meetings.change, name="change_meeting"),
    path("meetings/<uuid:pk>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("meetings/<uuid:pk>/open/", meetings.open_agenda, name="open_agenda"),
    path("meetings/<uuid:pk>/hold/", meetings.hold, name="hold"),
    path("meetings/<uuid:pk>/guests/", meetings.guests, name="guests"),
    path("meetings/<uuid:pk>/papers/add/", papers.add_paper, name="add_paper"),
    path("invitations/<uuid:pk>/", meetings.invitation, name="invitation"),
    path("invitations/<uuid:pk>/take-back/", meetings.take_back, name="take_back_invitation"),
    path("papers/<uuid:pk>/", papers.paper, name="paper"),
    path("papers/<uuid:pk>/change/", papers.change_paper, name="change_paper"),
    path("papers/<uuid:pk>/delete/", papers.delete_paper, name="delete_paper"),
]
