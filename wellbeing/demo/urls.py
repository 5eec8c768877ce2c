from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.choose, name="cast"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<slug:key>/", views.mail, name="mail"),
]
