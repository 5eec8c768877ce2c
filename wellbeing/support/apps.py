from django.apps import AppConfig
from django.urls import reverse


class SupportConfig(AppConfig):
    name = "wellbeing.support"
    label = "support"
    verbose_name = "Support services"

    def ready(self):
        from wellbeing.people import refusals
        from wellbeing.web import urgent_numbers

        from . import checks, feedback, models, queries, snapshot  # noqa: F401 - the check registers itself

        feedback.register("guidance", label="Guidance", rows=queries.published_guidance)
        feedback.register(
            "service",
            label="Support service",
            rows=models.Service.objects.all,
            address=lambda service: reverse("service", args=[service.pk]),
        )
        urgent_numbers.come_from(snapshot.urgent_numbers)
        refusals.explain(
            {
                "guidance_title_once": ("title", "There is a page of this title already."),
                "guidance_slug_once": ("title", "Another page has the address that this title makes: change a word."),
                "published_guidance_has_text": ("text", "Write the text before you publish the page."),
                "topic_name_once": ("name", "There is a topic of this name already."),
                "topic_has_a_name": ("name", "Enter the topic’s name, as somebody would say it."),
                "statement_stands": ("", "A version that was agreed stays as it was: write a new one."),
                "one_draft_of_a_statement": ("kind", "There is a draft of it already: change that one."),
                "statement_needs_two_people": ("", "Somebody else approves what you have written."),
                "agreed_statement_is_signed": ("signed_by", "Write down who signed it before it is approved."),
                "handout_title_once": ("title", "There is a file of this title on this page already."),
                "guidance_looked_at_again_later": ("review_on", "Choose a day after the page was last checked."),
            }
        )
