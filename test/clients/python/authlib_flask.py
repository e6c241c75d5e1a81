"""A web application with Authlib and Flask."""
import os

# docs:start
from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session, url_for

app = Flask(__name__)
app.secret_key = "a secret"

oauth = OAuth(app)
oauth.register(
    name="tenantry",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=os.environ["ISSUER"] + "/.well-known/openid-configuration",
    client_kwargs={"scope": "openid email profile"},
)


@app.route("/login")
def login():
    return oauth.tenantry.authorize_redirect(os.environ["REDIRECT_URI"])


@app.route("/callback")
def callback():
    token = oauth.tenantry.authorize_access_token()
    session["user"] = token["userinfo"]  # the claims of the ID token
    return {"id_token": token["userinfo"], "userinfo": oauth.tenantry.userinfo()}


# docs:end
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
