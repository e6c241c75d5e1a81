"""A resource server with PyJWT."""
import os

from flask import Flask, abort, request

# docs:start
import jwt

keys = jwt.PyJWKClient(os.environ["ISSUER"] + "/jwks")


def verify(token):
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(
        token, key, algorithms=["ES256", "RS256"], issuer=os.environ["ISSUER"], audience=os.environ["AUDIENCE"]
    )


# docs:end
app = Flask(__name__)


@app.route("/orders")
def orders():
    try:
        return verify(request.headers.get("Authorization", "").removeprefix("Bearer "))
    except jwt.PyJWTError as error:
        abort(401, str(error))


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
