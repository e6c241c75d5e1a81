// A machine with the oauth2 crate.
use oauth2::basic::BasicClient;
use oauth2::{ClientId, ClientSecret, Scope, TokenResponse, TokenUrl};
use std::env::var;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // docs:start
    let client = BasicClient::new(ClientId::new(var("CLIENT_ID")?))
        .set_client_secret(ClientSecret::new(var("CLIENT_SECRET")?))
        .set_token_uri(TokenUrl::new(var("ISSUER")? + "/token")?);
    let http = oauth2::reqwest::blocking::ClientBuilder::new()
        .redirect(oauth2::reqwest::redirect::Policy::none())
        .build()?;
    let token = client
        .exchange_client_credentials()
        .add_scope(Scope::new("orders:read".to_string()))
        .request(&http)?;
    // docs:end
    println!("{}", token.access_token().secret());
    Ok(())
}
