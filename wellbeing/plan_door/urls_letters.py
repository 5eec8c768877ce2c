"""Letters are printed and their numbers read out inside the intranet, under an address of its own."""

from django.urls import path

from .views import letters

app_name = "letters"
urlpatterns = [
    path("", letters.print_letter, name="print"),
    path("number/", letters.read_out_number, name="number"),
]
