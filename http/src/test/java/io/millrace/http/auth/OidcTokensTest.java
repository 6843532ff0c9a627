package io.millrace.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.millrace.config.MillraceConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tokens of a provider that publishes its keys on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcTokensTest {
  private final RSAKey key = key("k1");
  private final RSAKey foreign = key("k2");
  private final HttpServer provider = server();
  private final String issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
  private final OidcTokens tokens = new OidcTokens(settings(Map.of()));

  @BeforeAll
  void serves() {
    assertThat(issuer).isNotEmpty();
  }

  @AfterAll
  void stop() {
    provider.stop(0);
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      serve(
          server,
          "/.well-known/openid-configuration",
          "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(url, url));
      serve(server, "/keys", new JWKSet(key.toPublicJWK()).toString());
      server.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void serve(HttpServer server, String path, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private OidcSettings settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("millrace.http.oidc.issuer", issuer);
    all.put("millrace.http.oidc.audience", "millrace");
    all.putAll(more);
    return OidcSettings.from(MillraceConfig.of(all)).orElseThrow();
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience("millrace")
        .subject("ada")
        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
        .claim("roles", List.of("millrace-view"));
  }

  private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner by, String id)
      throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
    token.sign(by);
    return token.serialize();
  }

  private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims.build(), JWSAlgorithm.RS256, new RSASSASigner(key), "k1");
  }

  @Test
  void a_good_token_gives_name_role_and_expiry() throws JOSEException {
    Caller caller = tokens.authenticate(Optional.of(signed(claims())));
    assertThat(caller.name()).isEqualTo("ada");
    assertThat(caller.role()).isEqualTo(Role.VIEW);
    assertThat(caller.until().orElseThrow()).isAfter(Instant.now().plusSeconds(500));
  }

  @Test
  void roles_are_found_where_the_settings_say() throws JOSEException {
    assertThat(
            tokens
                .authenticate(
                    Optional.of(
                        signed(
                            claims().claim("roles", List.of("millrace-view", "millrace-operate")))))
                .role())
        .isEqualTo(Role.OPERATE);
    OidcTokens nested =
        new OidcTokens(
            settings(
                Map.of(
                    "millrace.http.oidc.roles.claim",
                    "realm_access.roles",
                    "millrace.http.oidc.role.operate",
                    "ops")));
    String token = signed(claims().claim("realm_access", Map.of("roles", List.of("other", "ops"))));
    assertThat(nested.authenticate(Optional.of(token)).role()).isEqualTo(Role.OPERATE);
    OidcTokens scoped = new OidcTokens(settings(Map.of("millrace.http.oidc.roles.claim", "scope")));
    assertThat(
            scoped
                .authenticate(Optional.of(signed(claims().claim("scope", "openid millrace-view"))))
                .role())
        .isEqualTo(Role.VIEW);
  }

  @Test
  void whatever_is_not_right_about_a_token_refuses_it() throws JOSEException {
    refused(signed(claims().expirationTime(Date.from(Instant.now().minusSeconds(600)))));
    refused(signed(claims().audience("somebody-else")));
    refused(signed(claims().issuer("http://127.0.0.1:1")));
    refused(signed(claims().subject(null)));
    refused(signed(claims().expirationTime(null)));
    refused(signed(claims().claim("roles", List.of("other"))));
    refused(signed(claims().claim("roles", null)));
    refused(signed(claims().build(), JWSAlgorithm.RS256, new RSASSASigner(foreign), "k1"));
    refused(signed(claims().build(), JWSAlgorithm.RS256, new RSASSASigner(foreign), "k2"));
    refused(new PlainJWT(claims().build()).serialize());
    refused("no.token.atall");
    refused("nothing");
  }

  @Test
  void a_public_key_does_not_do_as_a_shared_secret() throws JOSEException {
    byte[] secret = key.toRSAPublicKey().getEncoded();
    refused(signed(claims().build(), JWSAlgorithm.HS256, new MACSigner(secret), "k1"));
  }

  @Test
  void without_a_token_nobody_is_known() {
    assertThatThrownBy(() -> tokens.authenticate(Optional.empty()))
        .isInstanceOf(UnauthenticatedException.class)
        .hasMessageContaining("Authorization: Bearer");
  }

  @Test
  void a_provider_that_does_not_answer_is_not_the_fault_of_the_token() throws JOSEException {
    OidcTokens lost =
        new OidcTokens(settings(Map.of("millrace.http.oidc.jwks.url", "http://127.0.0.1:1/keys")));
    String token = signed(claims());
    assertThatThrownBy(() -> lost.authenticate(Optional.of(token)))
        .isInstanceOf(IdentityProviderException.class);
    OidcTokens nowhere =
        new OidcTokens(settings(Map.of("millrace.http.oidc.issuer", "http://127.0.0.1:1")));
    assertThatThrownBy(() -> nowhere.authenticate(Optional.of(token)))
        .isInstanceOf(IdentityProviderException.class);
  }

  private void refused(String token) {
    assertThatThrownBy(() -> tokens.authenticate(Optional.of(token)))
        .isInstanceOf(UnauthenticatedException.class)
        .hasMessageNotContaining(token);
  }
}
