// A resource server with the jsonwebtoken crate.
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{decode, decode_header, DecodingKey, Validation};
use std::env::var;
use tiny_http::{Response, Server};

type Failure = Box<dyn std::error::Error>;

// docs:start
fn verify(keys: &JwkSet, token: &str) -> Result<serde_json::Value, Failure> {
    let header = decode_header(token)?;
    let key = keys.find(&header.kid.ok_or("no kid")?).ok_or("unknown key")?;
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[var("ISSUER")?]);
    validation.set_audience(&[var("AUDIENCE")?]);
    Ok(decode(token, &DecodingKey::from_jwk(key)?, &validation)?.claims)
}
// docs:end

fn main() -> Result<(), Failure> {
    let keys: JwkSet = reqwest::blocking::get(var("ISSUER")? + "/jwks")?.json()?;
    let server = Server::http(format!("127.0.0.1:{}", var("PORT")?)).map_err(|error| error.to_string())?;
    for request in server.incoming_requests() {
        let value = request.headers().iter().find(|header| header.field.equiv("Authorization"));
        let token = value.and_then(|header| header.value.as_str().strip_prefix("Bearer ")).unwrap_or("").to_string();
        let (status, text) = match verify(&keys, &token) {
            Ok(claims) => (200, claims.to_string()),
            Err(error) => (401, error.to_string()),
        };
        request.respond(Response::from_string(text).with_status_code(status))?;
    }
    Ok(())
}
