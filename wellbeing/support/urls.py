from django.urls import path

from .views import guidance, services

urlpatterns = [
    path("urgent/", services.urgent, name="urgent"),
    path("worried/", services.worried, name="worried"),
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/mine/", guidance.my_guidance, name="my_guidance"),
    path("guidance/<slug:slug>/", guidance.guidance_page, name="guidance_page"),
    path("guidance/<slug:slug>/reviewed/", guidance.guidance_reviewed, name="guidance_reviewed"),
]
