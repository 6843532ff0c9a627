package io.millrace.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One address of the registry.
 *
 * @param url without credentials and without a slash at the end
 * @param authorization value of the Authorization header
 */
record RegistryEndpoint(String url, Optional<String> authorization) {
  static final String URL_KEY = "schema.registry.url";
  private static final String SOURCE_KEY = "basic.auth.credentials.source";
  private static final String USER_INFO_KEY = "basic.auth.user.info";
  private static final String PREFIX = "schema.registry.";

  /** All addresses of {@code schema.registry.url}, in the order given. */
  static List<RegistryEndpoint> from(Settings settings) {
    Optional<String> shared = userInfo(settings);
    List<RegistryEndpoint> endpoints = new ArrayList<>();
    for (String url : settings.text(URL_KEY).orElse("").split(",")) {
      if (!url.isBlank()) {
        endpoints.add(parse(url.strip(), shared));
      }
    }
    if (endpoints.isEmpty()) {
      throw new InvalidRegistryConfigException(
          URL_KEY, "is missing: set it to the address of a schema registry");
    }
    return List.copyOf(endpoints);
  }

  /** Empty means: take it from the URL. */
  private static Optional<String> userInfo(Settings settings) {
    Optional<String> given = settings.text(USER_INFO_KEY, PREFIX + USER_INFO_KEY);
    String source =
        settings
            .text(SOURCE_KEY, PREFIX + SOURCE_KEY)
            .map(s -> s.toUpperCase(Locale.ROOT))
            .orElse(given.isPresent() ? "USER_INFO" : "URL");
    switch (source) {
      case "URL":
        return Optional.empty();
      case "USER_INFO":
        if (given.isEmpty() || given.get().indexOf(':') < 0) {
          throw new InvalidRegistryConfigException(
              USER_INFO_KEY,
              "must be <user>:<password> when %s is USER_INFO".formatted(SOURCE_KEY));
        }
        return given;
      default:
        throw new InvalidRegistryConfigException(
            SOURCE_KEY, "must be USER_INFO or URL, not " + source);
    }
  }

  private static RegistryEndpoint parse(String text, Optional<String> shared) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!web || uri.getHost() == null) {
        throw new InvalidRegistryConfigException(
            URL_KEY,
            "has an address that is not http(s)://host[:port] (a credential in it is not shown): scheme "
                + uri.getScheme());
      }
      Optional<String> userInfo = shared.or(() -> Optional.ofNullable(uri.getUserInfo()));
      String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return new RegistryEndpoint(
          uri.getScheme() + "://" + uri.getHost() + port + path,
          userInfo.map(RegistryEndpoint::basic));
    } catch (URISyntaxException e) {
      // Neither the text nor the cause is passed on: either may hold a password.
      throw new InvalidRegistryConfigException(
          URL_KEY, "has an address that is not a URL, at character " + e.getIndex());
    }
  }

  private static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return authorization.isPresent() ? url + " (with credentials)" : url;
  }
}
