"""A web application with Requests-OAuthlib, which knows OAuth and no ID token."""
import os

from flask import Flask, redirect, request, session

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine only

# docs:start
from requests_oauthlib import OAuth2Session

ISSUER = os.environ["ISSUER"]
SCOPE = ["openid", "profile", "email", "offline_access"]


def begin():
    oauth = OAuth2Session(os.environ["CLIENT_ID"], redirect_uri=os.environ["REDIRECT_URI"], scope=SCOPE, pkce="S256")
    url, state = oauth.authorization_url(ISSUER + "/authorize")
    session.update(state=state, verifier=oauth._code_verifier)
    return url


def finish(response_url):
    oauth = OAuth2Session(os.environ["CLIENT_ID"], redirect_uri=os.environ["REDIRECT_URI"], state=session["state"])
    oauth.fetch_token(
        ISSUER + "/token",
        client_secret=os.environ["CLIENT_SECRET"],
        authorization_response=response_url,
        code_verifier=session["verifier"],
    )
    return oauth


# docs:end
app = Flask(__name__)
app.secret_key = "a secret"


@app.route("/login")
def login():
    return redirect(begin())


@app.route("/callback")
def callback():
    oauth = finish(request.url)
    userinfo = oauth.get(ISSUER + "/userinfo").json()
    secret = (os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
    fresh = oauth.refresh_token(ISSUER + "/token", auth=secret)
    return {"userinfo": userinfo, "refreshed": "access_token" in fresh}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
