"""A machine with Authlib and Requests."""
import os

# docs:start
from authlib.integrations.requests_client import OAuth2Session

client = OAuth2Session(os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"], scope="orders:read")
token = client.fetch_token(os.environ["ISSUER"] + "/token", grant_type="client_credentials")
# docs:end
print(token["access_token"])
