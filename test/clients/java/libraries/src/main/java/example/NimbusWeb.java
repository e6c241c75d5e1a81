package example;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;

/** A web application with Nimbus' OAuth 2.0 SDK with OpenID Connect extensions. */
public class NimbusWeb {

  public static void main(String[] arguments) throws Exception {
    // docs:start
    var issuer = new Issuer(System.getenv("ISSUER"));
    var metadata = OIDCProviderMetadata.resolve(issuer);
    var clientId = new ClientID(System.getenv("CLIENT_ID"));
    var secret = new Secret(System.getenv("CLIENT_SECRET"));
    var redirectUri = new URI(System.getenv("REDIRECT_URI"));
    var authentication = new ClientSecretBasic(clientId, secret);
    var validator = new IDTokenValidator(issuer, clientId, JWSAlgorithm.RS256, metadata.getJWKSetURI().toURL());
    var state = new State();
    var nonce = new Nonce();
    var scope = new Scope("openid", "profile", "email", "offline_access");
    var request =
        new AuthenticationRequest.Builder(new ResponseType("code"), scope, clientId, redirectUri)
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .build();
    // docs:end
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
    server.createContext("/login", exchange -> {
      exchange.getResponseHeaders().set("Location", request.toURI().toString());
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    });
    server.createContext("/callback", exchange -> {
      try {
        var response = AuthenticationResponseParser.parse(new URI(System.getenv("URL") + exchange.getRequestURI()));
        if (!response.indicatesSuccess()) {
          throw new IllegalStateException(response.toErrorResponse().getErrorObject().toJSONObject().toJSONString());
        }
        if (!state.equals(response.getState())) throw new IllegalStateException("state did not match");
        var code = response.toSuccessResponse().getAuthorizationCode();
        var grant = new AuthorizationCodeGrant(code, redirectUri);
        var sent = new TokenRequest(metadata.getTokenEndpointURI(), authentication, grant).toHTTPRequest().send();
        var answer = OIDCTokenResponseParser.parse(sent);
        if (!answer.indicatesSuccess()) throw new IllegalStateException(sent.getBody());
        var tokens = ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens();
        var claims = validator.validate(tokens.getIDToken(), nonce);
        var info = UserInfoResponse.parse(
            new UserInfoRequest(metadata.getUserInfoEndpointURI(), tokens.getBearerAccessToken()).toHTTPRequest().send());
        var renewal = new RefreshTokenGrant(tokens.getRefreshToken());
        Tokens fresh = OIDCTokenResponseParser
            .parse(new TokenRequest(metadata.getTokenEndpointURI(), authentication, renewal).toHTTPRequest().send())
            .toSuccessResponse()
            .getTokens();
        send(exchange, 200, "{\"id_token\":" + claims.toJSONString() + ",\"userinfo\":"
            + info.toSuccessResponse().getUserInfo().toJSONString() + ",\"refreshed\":"
            + (fresh.getAccessToken() != null) + "}");
      } catch (Exception error) {
        send(exchange, 500, error.toString());
      }
    });
    server.start();
  }

  static void send(HttpExchange exchange, int status, String text) throws java.io.IOException {
    var bytes = text.getBytes();
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
