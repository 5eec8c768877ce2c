"""django-allauth's forms in the portal's words."""

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class PasswordForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Work e-mail"
        self.fields["password"].help_text = ""


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "A name by which you will know it"
        self.fields["passwordless"].label = "Sign in with it alone (a passkey)"
        self.fields[
            "passwordless"
        ].help_text = "Then neither a code nor a password is asked for: your fingerprint, face or PIN on the device is."
