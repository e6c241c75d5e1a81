"""A web application with HTTPX OAuth."""
import asyncio
import os

from flask import Flask, redirect, request

# docs:start
from httpx_oauth.clients.openid import OpenID

ISSUER = os.environ["ISSUER"]
client = OpenID(
    os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"], ISSUER + "/.well-known/openid-configuration"
)


async def begin():
    return await client.get_authorization_url(os.environ["REDIRECT_URI"], state="a state")


async def finish(code):
    token = await client.get_access_token(code, os.environ["REDIRECT_URI"])
    return await client.get_id_email(token["access_token"])


# docs:end
app = Flask(__name__)


@app.route("/login")
def login():
    return redirect(asyncio.run(begin()))


@app.route("/callback")
def callback():
    subject, email = asyncio.run(finish(request.args["code"]))
    return {"profile": {"sub": subject, "email": email}}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
