from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "wellbeing.training"
    label = "training"
    verbose_name = "Training and events"

    def ready(self):
        from wellbeing.people import refusals

        from . import reminders  # noqa: F401 - declares its kinds

        refusals.explain(
            {
                "training_no_place_too_many": ("", "The last place has just gone."),
                "training_one_place_each": ("", "They have a place already."),
            }
        )
