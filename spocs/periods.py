"""How long what this strand keeps is kept: the worker takes each away after its period (`wellbeing.confidential`)."""

from datetime import timedelta

from django.utils import timezone

from wellbeing.confidential import retention

from . import actions
from .actions import stories, volunteering

retention.register("drafts of stories", stories.purge_drafts, since=stories.drafts_kept_since)
retention.register("stories of leavers", stories.purge_of_leavers, since=stories.kept_after_leaving)
retention.register(
    "what volunteers note for themselves", volunteering.purge_conversations, since=volunteering.kept_since
)
retention.register("topics that people lacked", volunteering.purge_lacked, since=volunteering.lacked_since)
retention.register("supervision of SPOCs", volunteering.purge_supervisions, since=volunteering.supervisions_since)
retention.register(
    "profiles of SPOCs who have left", actions.withdraw_left, since=lambda _: timezone.now() - timedelta(days=1)
)
