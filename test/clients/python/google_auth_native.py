"""A program of the command line with google-auth-oauthlib, whose redirect URI is http://localhost with a free port."""
import json
import os

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine only

# docs:start
from google_auth_oauthlib.flow import InstalledAppFlow

ISSUER = os.environ["ISSUER"]
flow = InstalledAppFlow.from_client_config(
    {
        "installed": {
            "client_id": os.environ["CLIENT_ID"],
            "client_secret": "",
            "auth_uri": ISSUER + "/authorize",
            "token_uri": ISSUER + "/token",
        }
    },
    scopes=["openid", "profile", "email"],
    autogenerate_code_verifier=True,  # PKCE, which every public client needs
)
credentials = flow.run_local_server(port=0, open_browser=False)
# docs:end
print(json.dumps({"userinfo": flow.authorized_session().get(ISSUER + "/userinfo").json()}))
