"""Noticeboards have a short address of their own: it stands on paper."""

urlpatterns = []
