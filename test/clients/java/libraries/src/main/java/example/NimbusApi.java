package example;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.Set;

/** A resource server with Nimbus JOSE + JWT. */
public class NimbusApi {

  public static void main(String[] arguments) throws Exception {
    // docs:start
    var issuer = System.getenv("ISSUER");
    var keys = JWKSourceBuilder.create(new URL(issuer + "/jwks")).build();
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
    processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
        System.getenv("AUDIENCE"), new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp", "client_id")));
    // docs:end
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
    server.createContext("/orders", exchange -> {
      var header = exchange.getRequestHeaders().getFirst("Authorization");
      try {
        if (header == null) throw new IllegalArgumentException("no token");
        var claims = processor.process(header.replaceFirst("^Bearer ", ""), null);
        NimbusWeb.send(exchange, 200, claims.getSubject());
      } catch (Exception error) {
        NimbusWeb.send(exchange, 401, error.toString());
      }
    });
    server.start();
  }
}
