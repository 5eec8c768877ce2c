from django.urls import path

from .views import compliance

app_name = "training"

urlpatterns = [
    path("compliance/", compliance.compliance, name="compliance"),
    path("compliance/people/", compliance.compliance_people, name="compliance_people"),
    path("compliance/people.csv", compliance.compliance_csv, name="compliance_csv"),
]
