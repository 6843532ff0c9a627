package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.http.auth.IdentityProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens of an identity provider, over HTTP. */
class OidcHttpTest {
  private final IdentityProvider provider = new IdentityProvider();
  private final HttpApi api =
      TestServer.start(
          TestServer.with(
              "millrace.http.oidc.issuer",
              provider.issuer(),
              "millrace.http.oidc.audience",
              "millrace"));

  /** Of an operator with a static token, who is served whatever the provider does. */
  private final Web web = Web.of(api.url(), TestServer.OPERATOR);

  @AfterEach
  void stop() {
    api.close();
    provider.close();
  }

  @Test
  void the_claim_gives_the_role() {
    Web viewer = web.as(provider.token("millrace-view"));
    assertThat(viewer.get("/api/caller").json().get("role").asText()).isEqualTo("VIEW");
    assertThat(viewer.get("/api/caller").json().has("until")).isTrue();
    assertThat(viewer.post("/api/runs", "{}").status()).isEqualTo(403);
    assertThat(
            web.as(provider.token("millrace-operate"))
                .get("/api/caller")
                .json()
                .get("role")
                .asText())
        .isEqualTo("OPERATE");
  }

  @Test
  void a_token_that_is_not_good_is_not_known() {
    try (IdentityProvider other = new IdentityProvider()) {
      Web.Reply reply = web.as(other.token("millrace-view")).get("/api/caller");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("www-authenticate")).startsWith("Bearer");
    }
    assertThat(web.as(provider.token("other")).get("/api/caller").status()).isEqualTo(401);
  }

  @Test
  void while_the_provider_is_down_its_tokens_cannot_be_checked_and_others_are_served() {
    provider.down(true);
    Web.Reply reply = web.as(provider.token("millrace-view")).get("/api/caller");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().get("type").asText()).isEqualTo("urn:millrace:problem:unavailable");
    assertThat(reply.json().get("detail").asText()).contains("try again");
    assertThat(web.get("/api/caller").status()).isEqualTo(200);
  }
}
