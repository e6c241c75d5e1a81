"""A machine with Requests-OAuthlib."""
import os

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine only

# docs:start
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

client = BackendApplicationClient(client_id=os.environ["CLIENT_ID"])
session = OAuth2Session(client=client, scope=["orders:read"])
token = session.fetch_token(
    os.environ["ISSUER"] + "/token", client_id=os.environ["CLIENT_ID"], client_secret=os.environ["CLIENT_SECRET"]
)
# docs:end
print(token["access_token"])
