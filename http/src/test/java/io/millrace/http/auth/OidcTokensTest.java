package io.millrace.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.millrace.config.MillraceConfig;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a provider that publishes its keys on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcTokensTest {
  private final IdentityProvider provider = new IdentityProvider();
  private final RSAKey key = provider.key();
  private final RSAKey foreign = IdentityProvider.key("k2");
  private final String issuer = provider.issuer();
  private final OidcTokens tokens = new OidcTokens(settings(Map.of()));

  @BeforeAll
  void serves() {
    assertThat(issuer).isNotEmpty();
  }

  @AfterAll
  void stop() {
    provider.close();
  }

  private OidcSettings settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("millrace.http.oidc.issuer", issuer);
    all.put("millrace.http.oidc.audience", "millrace");
    all.putAll(more);
    return OidcSettings.from(MillraceConfig.of(all)).orElseThrow();
  }

  private JWTClaimsSet.Builder claims() {
    return provider.claims();
  }

  private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner by, String id)
      throws JOSEException {
    return IdentityProvider.signed(new JWSHeader.Builder(algorithm).keyID(id).build(), claims, by);
  }

  private String signed(JWTClaimsSet.Builder claims) {
    return provider.signed(claims);
  }

  @Test
  void a_good_token_gives_name_role_and_expiry() {
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
    String its = signed(claims().issuer("http://127.0.0.1:1"));
    assertThatThrownBy(() -> nowhere.authenticate(Optional.of(its)))
        .isInstanceOf(IdentityProviderException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt"})
  void access_tokens_of_RFC_9068_are_good_too(String type) {
    assertThat(tokens.authenticate(Optional.of(provider.signed(claims(), type))).name())
        .isEqualTo("ada");
  }

  @Test
  void a_token_of_another_kind_is_refused() {
    refused(provider.signed(claims(), "logout+jwt"));
  }

  @Test
  void what_cannot_be_a_token_of_the_issuer_is_refused_before_anything_is_fetched()
      throws JOSEException {
    try (IdentityProvider fresh = new IdentityProvider()) {
      OidcTokens unused =
          new OidcTokens(settings(Map.of("millrace.http.oidc.issuer", fresh.issuer())));
      for (String token :
          List.of(
              "garbage",
              "a.b.c",
              new PlainJWT(fresh.claims().build()).serialize(),
              provider.signed(claims()),
              fresh.signed(fresh.claims(), "logout+jwt"))) {
        assertThatThrownBy(() -> unused.authenticate(Optional.of(token)))
            .isInstanceOf(UnauthenticatedException.class);
      }
      assertThat(fresh.requests()).isZero();
    }
  }

  @Test
  void a_provider_that_is_down_is_asked_once_in_a_while() {
    try (IdentityProvider fresh = new IdentityProvider()) {
      OidcTokens patient =
          new OidcTokens(settings(Map.of("millrace.http.oidc.issuer", fresh.issuer())));
      fresh.down(true);
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> patient.authenticate(Optional.of(fresh.signed(fresh.claims()))))
            .isInstanceOf(IdentityProviderException.class);
      }
      assertThat(fresh.requests()).isEqualTo(1);
    }
  }

  @Test
  void the_discovery_document_of_another_issuer_names_no_keys() {
    try (IdentityProvider fresh = new IdentityProvider()) {
      fresh.saysIssuer("https://other.example");
      OidcTokens deceived =
          new OidcTokens(settings(Map.of("millrace.http.oidc.issuer", fresh.issuer())));
      assertThatThrownBy(() -> deceived.authenticate(Optional.of(fresh.signed(fresh.claims()))))
          .isInstanceOf(IdentityProviderException.class)
          .hasMessageContaining("its issuer is 'https://other.example'");
    }
  }

  private void refused(String token) {
    assertThatThrownBy(() -> tokens.authenticate(Optional.of(token)))
        .isInstanceOf(UnauthenticatedException.class)
        .hasMessageNotContaining(token);
  }
}
