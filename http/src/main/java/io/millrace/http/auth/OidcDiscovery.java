package io.millrace.http.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.ResourceRetriever;
import io.millrace.config.InvalidConfigException;
import java.io.IOException;
import java.net.URI;

/** Where the provider's keys are: as told, else as its discovery document says. */
final class OidcDiscovery {
  private final OidcSettings settings;
  private final ResourceRetriever web;

  OidcDiscovery(OidcSettings settings, ResourceRetriever web) {
    this.settings = settings;
    this.web = web;
  }

  /**
   * @throws IdentityProviderException if the document is not to be had, or names none
   */
  URI keys() {
    return settings.keys().orElseGet(this::discovered);
  }

  private URI discovered() {
    String base = settings.issuer().replaceAll("/+$", "");
    try {
      String text =
          web.retrieveResource(URI.create(base + "/.well-known/openid-configuration").toURL())
              .getContent();
      JsonNode document = new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
      String issuer = document.path("issuer").asText();
      if (!issuer.equals(settings.issuer())) { // keys of another issuer must not sign for this one
        throw new IOException(
            "its issuer is '%s'; millrace.http.oidc.issuer must be the very same text"
                .formatted(issuer));
      }
      return OidcSettings.address("jwks_uri", document.path("jwks_uri").asText());
    } catch (IOException | InvalidConfigException e) {
      throw new IdentityProviderException(
          "the discovery document of %s is not to be had (%s), so tokens cannot be checked just now; try again"
              .formatted(settings.issuer(), e.getMessage()),
          e);
    }
  }
}
