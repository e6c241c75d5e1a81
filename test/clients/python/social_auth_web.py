"""A web application with Python Social Auth: its core (social-auth-core) with a storage in memory."""
import os

from flask import Flask, redirect, request, session
from social_core.backends.open_id_connect import OpenIdConnectAuth
from social_core.storage import AssociationMixin, BaseStorage
from social_core.strategy import BaseStrategy

# docs:start
SETTINGS = {
    "SOCIAL_AUTH_OIDC_OIDC_ENDPOINT": os.environ["ISSUER"],
    "SOCIAL_AUTH_OIDC_KEY": os.environ["CLIENT_ID"],
    "SOCIAL_AUTH_OIDC_SECRET": os.environ["CLIENT_SECRET"],
}
# docs:end


class Association(AssociationMixin):
    """The nonces that were sent, which the core asks its storage for: a row each."""

    rows = {}

    @classmethod
    def store(cls, server_url, association):
        row = cls()
        row.id = len(cls.rows)
        row.server_url = server_url
        row.handle = association.handle
        row.secret = association.secret
        row.issued = association.issued
        row.lifetime = association.lifetime
        row.assoc_type = association.assoc_type
        cls.rows[row.id] = row

    @classmethod
    def get(cls, server_url=None, handle=None):
        return [row for row in cls.rows.values() if row.server_url == server_url and row.handle == handle]

    @classmethod
    def remove(cls, ids_to_delete):
        for id in ids_to_delete:
            cls.rows.pop(id, None)


class Nonce:
    """The states that were used."""

    used = set()

    @classmethod
    def use(cls, server_url, timestamp, salt):
        is_new = (server_url, timestamp, salt) not in cls.used
        cls.used.add((server_url, timestamp, salt))
        return is_new

    @classmethod
    def consume(cls, server_url, timestamp, salt):
        state = (server_url, timestamp, salt)
        was_used = state in cls.used
        cls.used.discard(state)
        return was_used


class Storage(BaseStorage):
    association = Association
    nonce = Nonce


class Strategy(BaseStrategy):
    def get_setting(self, name):
        return SETTINGS[name]

    def request_data(self, merge=True):
        return request.values

    def request_host(self):
        return request.host

    def session_get(self, name, default=None):
        return session.get(name, default)

    def session_set(self, name, value):
        session[name] = value

    def session_pop(self, name):
        session.pop(name, None)

    def redirect(self, url):
        return redirect(url)

    def build_absolute_uri(self, path=None):
        return path


def backend():
    return OpenIdConnectAuth(Strategy(storage=Storage), redirect_uri=os.environ["REDIRECT_URI"])


app = Flask(__name__)
app.secret_key = "a secret"


@app.route("/login")
def login():
    return backend().start()


@app.route("/callback")
def callback():
    oidc = backend()
    token = oidc.request_access_token(
        oidc.access_token_url(),
        data=oidc.auth_complete_params(oidc.validate_state()),
        headers=oidc.auth_headers(),
        auth=oidc.auth_complete_credentials(),
        method=oidc.ACCESS_TOKEN_METHOD,
    )
    return {"id_token": oidc.id_token, "userinfo": oidc.user_data(token["access_token"])}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
