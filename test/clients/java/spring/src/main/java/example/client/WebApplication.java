package example.client;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application that Spring Boot secures by itself: every page asks for a sign-in. */
@SpringBootApplication
@RestController
public class WebApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(WebApplication.class, arguments);
  }

  @GetMapping("/me")
  Map<String, Object> me(@AuthenticationPrincipal OidcUser user) {
    return Map.of("id_token", user.getIdToken().getClaims(), "userinfo", user.getUserInfo().getClaims());
  }
}
