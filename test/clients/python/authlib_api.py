"""A resource server with Authlib and Flask (RFC 9068)."""
import os

# docs:start
import requests
from authlib.integrations.flask_oauth2 import ResourceProtector, current_token
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
from flask import Flask
from joserfc.jwk import KeySet


class Validator(JWTBearerTokenValidator):
    def get_jwks(self):
        return KeySet.import_key_set(requests.get(self.issuer + "/jwks").json())


require_oauth = ResourceProtector()
require_oauth.register_token_validator(Validator(issuer=os.environ["ISSUER"], resource_server=os.environ["AUDIENCE"]))

app = Flask(__name__)


@app.route("/orders")
@require_oauth("orders:read")
def orders():
    return {"sub": current_token["sub"]}


# docs:end
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
