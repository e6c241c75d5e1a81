import { inDoubleQuotes as py } from './literals.js';
import type { Snippet, SnippetValues } from './snippet.js';

/** Authlib: with Flask for people, with Requests for a machine. */
export const authlibSnippet: Snippet = {
  title: 'Authlib',
  language: 'Python',
  install: 'pip install authlib flask requests',
  kinds: ['web', 'machine'],
  secrets: ['basic'],
  needsOpenId: true,
  fileName: (kind) => (kind === 'machine' ? 'token.py' : 'app.py'),
  write: (values, kind) => (kind === 'machine' ? forMachine(values) : forPeople(values)),
};

function forPeople({ issuer, clientId, redirectUri, scopes }: SnippetValues): string {
  return `import os

from authlib.integrations.flask_client import OAuth
from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ["SESSION_SECRET"]

oauth = OAuth(app)
oauth.register(
    name="tenantry",
    client_id=${py(clientId)},
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=${py(`${issuer}/.well-known/openid-configuration`)},
    client_kwargs={"scope": ${py(scopes.join(' '))}, "code_challenge_method": "S256"},
)


@app.route("/login")
def login():
    return oauth.tenantry.authorize_redirect(${py(redirectUri)})


@app.route(${py(new URL(redirectUri).pathname)})
def callback():
    token = oauth.tenantry.authorize_access_token()
    session["user"] = token["userinfo"]  # the claims of the ID token
    return token["userinfo"]


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "8080")))
`;
}

function forMachine({ issuer, clientId, scopes, resource }: SnippetValues): string {
  const more = resource === undefined ? '' : `, resource=${py(resource)}`;
  return `import os

from authlib.integrations.requests_client import OAuth2Session

client = OAuth2Session(${py(clientId)}, os.environ["CLIENT_SECRET"], scope=${py(scopes.join(' '))})
token = client.fetch_token(${py(`${issuer}/token`)}, grant_type="client_credentials"${more})
print(token["access_token"])
`;
}
