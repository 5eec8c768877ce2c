from django.urls import path

from .views import home, seats

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
]
