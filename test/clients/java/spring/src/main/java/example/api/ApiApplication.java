package example.api;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A resource server that Spring Boot secures by itself: every request needs an access token. */
@SpringBootApplication
@RestController
public class ApiApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ApiApplication.class, arguments);
  }

  @GetMapping("/orders")
  Map<String, Object> orders(@AuthenticationPrincipal Jwt token) {
    return Map.of("sub", token.getSubject());
  }
}
