"""What the tables of the forum hold: table → {kind: columns}."""

COLUMNS: dict[str, dict[str, str]] = {
    "forum.strand": {"key": "id division_id", "none": "name sort order retired_on"},
    "forum.seat": {"key": "id strand_id", "service": "person_id is_deputy starts_on ends_on"},
    "forum.rules": {
        "key": "id",
        "none": "quorum_share agenda_opens_days agenda_closes_days publish_days comment_days post_days relay_days "
        "screen_seconds",
    },
    "forum.series": {"key": "id", "none": "rhythm"},
    "forum.meeting": {
        "key": "id series_id",
        "none": "title state starts_at ends_at place link agenda_closes_on sequence changed_at cancelled_because "
        "publish_by published_at edition",
        "service": "chair_id",
        "acts": "published_by_id",
    },
    "forum.item": {
        "key": "id meeting_id strand_id merged_into_id",
        "none": "state position raised_on dealt_on reworded looked_at",
        "raised": "title text answer",
    },
    "forum.raiser": {"key": "item_id", "raised": "person_id"},
    "forum.outcome": {
        "key": "id meeting_id item_id strand_id division_id",
        "none": "position said text next area due status over_on published_at corrected_at looked_at checked",
        "service": "owner_id owner_office",
    },
    "forum.progress": {"key": "id outcome_id meeting_id", "none": "status due note", "acts": "by_id at"},
    "forum.correction": {"key": "id outcome_id", "none": "why before", "acts": "by_id at"},
    "forum.invitation": {
        "key": "id meeting_id",
        "invited": "person_id invited_as invited_on answer answered_at came turn withdrawn_on",
    },
    "forum.paper": {"key": "id meeting_id", "none": "title text position", "acts": "changed_at changed_by_id"},
    # --- the action plan
    "forum.sponsor": {"key": "id", "none": "order", "service": "name title words person_id"},
    "forum.commitment": {
        "key": "id division_id sponsor_id",
        "none": "area origin text unit baseline baseline_value baseline_on target target_value due ownerless_since "
        "evidence measure_months measure_on published_at changed_at closed_on closed_as closed_because",
        "service": "owner_id owner_office",
    },
    "forum.measurement": {"key": "id commitment_id", "none": "day value word note", "acts": "by_id at"},
    "forum.elsewhere": {
        "key": "id",
        "none": "force month said text next strand area division status imported_on",
    },
    "forum.feed": {"sign_in": "person_id token_hash made_at"},
    "forum.minutes": {"key": "meeting_id approved_at_id", "none": "state comment_until approved_on"},
    "forum.minutesversion": {"key": "id minutes_id", "minutes": "text", "none": "number shown", "acts": "by_id at"},
    "forum.minutescomment": {"key": "id minutes_id", "minutes": "person_id text made_at settled"},
    "forum.posting": {
        "key": "id meeting_id station_id",
        "none": "edition due",
        "acts": "posted_at posted_by_id how",
    },
    "forum.keeper": {"key": "id posting_id", "service": "person_id"},
    "forum.relay": {"key": "id meeting_id strand_id", "none": "due", "acts": "relayed_at relayed_by_id"},
    "forum.screen": {"key": "id division_id", "none": "place token_hash", "acts": "made_at made_by_id"},
}
