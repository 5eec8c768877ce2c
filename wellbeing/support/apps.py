from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "wellbeing.support"
    label = "support"
    verbose_name = "Support services"

    def ready(self):
        from wellbeing.people import refusals
        from wellbeing.web import urgent_numbers

        from . import checks, snapshot  # noqa: F401 - the check registers itself

        urgent_numbers.come_from(snapshot.urgent_numbers)
        refusals.explain(
            {
                "guidance_title_once": ("title", "There is a page of this title already."),
                "guidance_slug_once": ("title", "Another page has the address that this title makes: change a word."),
                "published_guidance_has_text": ("text", "Write the text before you publish the page."),
                "guidance_looked_at_again_later": ("review_on", "Choose a day after the page was last checked."),
            }
        )
