from django.urls import path

from .views import feedback, guidance, handouts, services, statements

urlpatterns = [
    path("urgent/", services.urgent, name="urgent"),
    path("worried/", services.worried, name="worried"),
    path("limits/", statements.statement, {"kind": "limits"}, name="limits"),
    path("never-used-for/", statements.statement, {"kind": "never_used_for"}, name="never_used_for"),
    path("privacy/", statements.statement, {"kind": "privacy"}, name="privacy"),
    path("agreed-before/<slug:kind>/<int:version>/", statements.earlier_statement, name="earlier_statement"),
    path("did-this-help/", feedback.did_this_help, name="did_this_help"),
    path("did-this-help/figures/", feedback.feedback_figures, name="feedback_figures"),
    path("services/", services.directory, name="services"),
    path("services/mine/", services.my_services, name="my_services"),
    path("services/<int:pk>/", services.service, name="service"),
    path("services/<int:pk>/works/", services.service_works, name="service_works"),
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/mine/", guidance.my_guidance, name="my_guidance"),
    path("guidance/handouts/<uuid:handout_id>/", handouts.handout, name="handout"),
    path("guidance/handouts/<uuid:handout_id>/remove/", handouts.handout_remove, name="handout_remove"),
    path("guidance/<uuid:address>/handouts/", handouts.guidance_handouts, name="guidance_handouts"),
    path("guidance/<uuid:address>/", guidance.guidance_page, name="guidance_page"),
    path("guidance/<slug:slug>/", guidance.guidance_named),
    path("guidance/<uuid:address>/reviewed/", guidance.guidance_reviewed, name="guidance_reviewed"),
]
