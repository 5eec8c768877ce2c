from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from champions import gaps
from champions import queries as champions
from champions.policy import own_entry
from champions.queries.life import on_the_way
from forum.queries import home as forum
from mentoring.queries.home import is_away_today
from spocs import queries as spocs
from spocs.queries import stories
from wellbeing.reminders import queries as reminders
from wellbeing.training.queries.coming import coming_up

# The first pages of whoever holds a role: the role, then the page's URL name and its link.
PAGES = (
    ("hr", ("mentoring:hr_absences", "Absences: who is away")),
    ("hr", ("letters:print", "Print a letter for somebody who is away")),
    ("hr", ("champions:network", "The champions’ network")),
    ("hr", ("spocs:known", "SPOCs who let HR know")),
    ("hr", ("training:compliance", "Required training: who holds it")),
    ("hr", ("training:organise", "Training that people must hold: sessions and places")),
    ("coordinator", ("champions:network", "The champions’ network")),
    ("coordinator", ("spocs:network", "The SPOCs’ network")),
    ("coordinator", ("training:organise", "Training and events: organise")),
    ("coordinator", ("mentoring:coordinator", "Welfare mentors, and who waits")),
    ("coordinator", ("mentoring:career_figures", "Career mentors, and who waits")),
    ("secretary", ("forum:secretary", "The forum: what is to be done")),
    ("lead", ("mentoring:figures", "Figures: contact while away, and returns")),
    ("lead", ("champions:coverage", "Coverage: which stations have champions")),
    ("lead", ("training:compliance", "Required training: who holds it")),
    ("lead", ("letters:number", "Read out the number to a letter")),
    ("lead", ("spocs:stories_to_review", "Stories that a coordinator wrote")),
    ("lead", ("spocs:lacked", "Topics that people lacked")),
    ("lead", ("contact:reports", "Reports about being contacted")),
    ("guardian", ("letters:number", "Read out the number to a letter")),
    ("guardian", ("break_glass:emergencies", "Emergencies to answer")),
    ("guardian", ("contact:reports", "Reports about being contacted")),
    ("dpo", ("contact:reports", "Reports about being contacted")),
)


@require_safe
@login_not_required
def home(request):
    """The first page: somebody to talk to, what waits, who is near. A front door for people not signed in."""
    if not request.user.is_authenticated:
        return render(request, "home/front_door.html")
    station = request.user.station
    near = champions.for_station(station, limit=3) if station else []
    return render(
        request,
        "home/show.html",
        {
            "station": station,
            "champions": near,
            "nearest": champions.nearest_cover(station, limit=1) if station and not near else [],
            "events": coming_up(station),
            "stories": stories.of_the_day(),
            "decided": forum.decided_for(station),
            "items": reminders.items_for(request.user),
            "gaps": gaps.in_the_network(request.user),
            "invited": spocs.is_invited(request.user),
            "is_spoc": spocs.is_spoc(request.user),
            "is_champion": own_entry(request.user).exists(),
            "is_coming": on_the_way(request.user) is not None,
            "is_away": is_away_today(request.user),
            "of_my_role": [page for role, page in PAGES if role in request.user.assigned_roles],
        },
    )
