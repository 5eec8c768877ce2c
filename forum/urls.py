from django.urls import path

from .views import home, keep_plan, meetings, papers, plan, seats

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
    # --- the action plan, and what others decided
    path("plan/", plan.plan, name="plan"),
    path("plan/report/", plan.plan_pdf_file, name="plan_pdf"),
    path("plan/keep/", keep_plan.keep_plan, name="keep_plan"),
    path("plan/keep/add/", keep_plan.add_commitment, name="add_commitment"),
    path("plan/keep/<uuid:pk>/", keep_plan.change_commitment, name="change_commitment"),
    path("plan/keep/<uuid:pk>/publish/", keep_plan.publish_commitment, name="publish_commitment"),
    path("plan/keep/<uuid:pk>/drop/", keep_plan.drop_commitment, name="drop_commitment"),
    path("plan/keep/<uuid:pk>/close/", keep_plan.close_commitment, name="close_commitment"),
    path("plan/keep/<uuid:pk>/reopen/", keep_plan.reopen_commitment, name="reopen_commitment"),
    path("plan/sponsors/", keep_plan.sponsors, name="sponsors"),
    path("plan/sponsors/add/", keep_plan.change_sponsor, name="add_sponsor"),
    path("plan/sponsors/<uuid:pk>/", keep_plan.change_sponsor, name="change_sponsor"),
    path("plan/sponsors/<uuid:pk>/remove/", keep_plan.remove_sponsor, name="remove_sponsor"),
    path("plan/measurements/<uuid:pk>/take-back/", keep_plan.take_measurement_back, name="take_measurement_back"),
    path("plan/<uuid:pk>/", plan.commitment, name="commitment"),
    path("plan/<uuid:pk>/measure/", keep_plan.measure_commitment, name="measure_commitment"),
    path("elsewhere/", plan.elsewhere, name="elsewhere"),
    path("elsewhere/forget/", plan.forget_elsewhere, name="forget_elsewhere"),
]
