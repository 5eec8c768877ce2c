"""One page: the box, and what was found. What is typed is posted, and stands in no address, session or log."""

from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .forms import SearchForm
from .queries import search


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def show(request):
    form = SearchForm(request.POST if request.method == "POST" else None)
    results = search(form.cleaned_data["text"], request.user) if form.is_valid() else None
    return render(request, "search/show.html", {"form": form, "results": results})
