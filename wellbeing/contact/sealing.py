"""Sealing what is asked with a key of its week, which the vault's key seals in turn.

Once the key of a week is deleted, nothing of that week opens any longer, wherever a copy of it lies. What is sealed is
`nonce (12 bytes) | ciphertext and tag`, bound to its row: the request, and the two whom it is between.
"""

import base64
import json
import os
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from wellbeing.confidential.sealing import CannotOpen, open_text, seal_text

from .models import ContactRequest, WeekKey

_BITS, _NONCE = 256, 12


def week_key() -> WeekKey:
    """The key of this week, made where this is the first request in it; twice at once makes one."""
    today = timezone.localdate()
    new = WeekKey(week=today - timedelta(days=today.weekday()))
    secret = base64.b64encode(AESGCM.generate_key(_BITS)).decode()
    new.key_id, new.sealed = seal_text(secret, place=_place(new))
    WeekKey.objects.bulk_create([new], ignore_conflicts=True)
    return WeekKey.objects.get(week=new.week)


def seal(request: ContactRequest, answers: dict) -> bytes:
    """The answers, sealed with the key of the request's week and bound to it."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(request.week).encrypt(nonce, json.dumps(answers).encode(), _bound_to(request))


def open_answers(request: ContactRequest) -> dict | None:
    """The answers of a request; None where they do not open: changed, moved, or their key is gone."""
    sealed = bytes(request.sealed)
    try:
        text = _cipher(request.week).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound_to(request))
    except (InvalidTag, ValueError, CannotOpen, WeekKey.DoesNotExist):
        return None
    return json.loads(text)


def _cipher(key: WeekKey) -> AESGCM:
    return AESGCM(base64.b64decode(open_text(key.sealed, place=_place(key))))


def _place(key: WeekKey) -> str:
    return f"contact_weekkey:sealed:{key.pk}"


def _bound_to(request: ContactRequest) -> bytes:
    return f"contact_request:sealed:{request.pk}:{request.asker_id}:{request.volunteer_id}".encode()
