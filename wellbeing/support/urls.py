from django.urls import path

from . import views

urlpatterns = [
    path("urgent/", views.urgent, name="urgent"),
    path("worried/", views.worried, name="worried"),
    path("guidance/", views.guidance, name="guidance"),
    path("guidance/mine/", views.my_guidance, name="my_guidance"),
    path("guidance/<slug:slug>/", views.guidance_page, name="guidance_page"),
    path("guidance/<slug:slug>/reviewed/", views.guidance_reviewed, name="guidance_reviewed"),
]
