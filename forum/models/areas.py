"""The areas of the Blue Light Wellbeing Framework (Oscar Kilo, National Police Wellbeing Service)."""

from django.db import models


class Area(models.TextChoices):
    LEADERSHIP = "leadership", "Leadership"
    ABSENCE = "absence", "Absence management"
    ENVIRONMENT = "environment", "Creating the environment"
    MENTAL_HEALTH = "mental_health", "Mental health"
    RESILIENCE = "resilience", "Personal resilience"
    PROTECTING = "protecting", "Protecting the workforce"
    OCCUPATIONAL_HEALTH = "occupational", "Occupational health"
