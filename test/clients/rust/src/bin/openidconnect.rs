// A web application with the openidconnect crate.
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, RedirectUrl, Scope, TokenResponse,
};
use std::env::var;
use tiny_http::{Header, Response, Server};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // docs:start
    let http = openidconnect::reqwest::blocking::ClientBuilder::new()
        .redirect(openidconnect::reqwest::redirect::Policy::none())
        .build()?;
    let metadata = CoreProviderMetadata::discover(&IssuerUrl::new(var("ISSUER")?)?, &http)?;
    let client = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new(var("CLIENT_ID")?),
        Some(ClientSecret::new(var("CLIENT_SECRET")?)),
    )
    .set_redirect_uri(RedirectUrl::new(var("REDIRECT_URI")?)?);

    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (address, state, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scope(Scope::new("profile".to_string()))
        .add_scope(Scope::new("email".to_string()))
        .add_scope(Scope::new("offline_access".to_string()))
        .set_pkce_challenge(challenge)
        .url();
    // docs:end
    let server = Server::http(format!("127.0.0.1:{}", var("PORT")?)).map_err(|error| error.to_string())?;
    let request = server.recv()?;
    let location = Header::from_bytes("Location", address.as_str()).map_err(|_| "no header")?;
    request.respond(Response::empty(302).with_header(location))?;

    let request = server.recv()?;
    let query: std::collections::HashMap<String, String> =
        url::Url::parse(&var("URL")?)?.join(request.url())?.query_pairs().into_owned().collect();
    let told = (|| -> Result<serde_json::Value, Box<dyn std::error::Error>> {
        let code = query.get("code").ok_or_else(|| format!("{query:?}"))?;
        if query.get("state") != Some(state.secret()) {
            return Err("state did not match".into());
        }
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.clone()))?
            .set_pkce_verifier(verifier)
            .request(&http)?;
        let id_token = tokens.id_token().ok_or("no ID token")?;
        let id_token_verifier = client.id_token_verifier();
        let claims = id_token.claims(&id_token_verifier, &nonce)?;
        if let Some(expected) = claims.access_token_hash() {
            let actual = AccessTokenHash::from_token(
                tokens.access_token(),
                id_token.signing_alg()?,
                id_token.signing_key(&id_token_verifier)?,
            )?;
            if actual != *expected {
                return Err("at_hash did not match".into());
            }
        }
        let userinfo: CoreUserInfoClaims =
            client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()))?.request(&http)?;
        let refresh_token = tokens.refresh_token().ok_or("no refresh token")?;
        let fresh = client.exchange_refresh_token(refresh_token)?.request(&http)?;
        Ok(serde_json::json!({
            "id_token": claims, "userinfo": userinfo, "refreshed": !fresh.access_token().secret().is_empty(),
        }))
    })();
    let (status, text) = match told {
        Ok(told) => (200, told.to_string()),
        Err(error) => (500, format!("{error:?}")),
    };
    request.respond(Response::from_string(text).with_status_code(status))?;
    Ok(())
}
