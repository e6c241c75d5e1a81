"""A web application with pyoidc (oic)."""
import os

from flask import Flask, redirect, request, session

# docs:start
from oic import rndstr
from oic.oic import Client
from oic.oic.message import AuthorizationResponse, RegistrationResponse
from oic.utils.authn.client import CLIENT_AUTHN_METHOD

client = Client(client_authn_method=CLIENT_AUTHN_METHOD)
client.provider_config(os.environ["ISSUER"])
client.store_registration_info(
    RegistrationResponse(client_id=os.environ["CLIENT_ID"], client_secret=os.environ["CLIENT_SECRET"])
)
client.redirect_uris = [os.environ["REDIRECT_URI"]]


def begin():
    session["state"], session["nonce"] = rndstr(), rndstr()
    args = {
        "client_id": client.client_id,
        "response_type": "code",
        "scope": ["openid", "profile", "email"],
        "nonce": session["nonce"],
        "redirect_uri": client.redirect_uris[0],
        "state": session["state"],
    }
    return client.construct_AuthorizationRequest(request_args=args).request(client.authorization_endpoint)


def finish(query):
    answer = client.parse_response(AuthorizationResponse, info=query, sformat="urlencoded")
    tokens = client.do_access_token_request(
        state=answer["state"],
        request_args={"code": answer["code"]},
        authn_method="client_secret_basic",
    )
    return tokens["id_token"], client.do_user_info_request(state=answer["state"])


# docs:end
app = Flask(__name__)
app.secret_key = "a secret"


@app.route("/login")
def login():
    return redirect(begin())


@app.route("/callback")
def callback():
    id_token, userinfo = finish(request.query_string.decode())
    return {"id_token": id_token.to_dict(), "userinfo": userinfo.to_dict()}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
