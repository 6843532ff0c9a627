package io.millrace.cli.process;

import io.millrace.config.MillraceConfig;
import io.millrace.http.HttpConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the coordinator of a development stack serves HTTP.
 *
 * @param settings for its process: everything under {@code millrace.http.}; may hold secrets
 * @param url where it serves, with a slash at the end
 * @param open nobody is asked who he is
 */
public record HttpAccess(Map<String, String> settings, URI url, boolean open) {
  private static final String OURS = "millrace.http.";

  public HttpAccess {
    settings = Map.copyOf(settings);
  }

  /**
   * Whoever has said nothing of who may call is let in, on this machine only; what was said stands.
   *
   * @param given what this process was told: file, variables, system properties
   * @throws io.millrace.config.InvalidConfigException for a setting that makes no sense, before
   *     anything is started
   */
  public static HttpAccess at(int port, MillraceConfig given) {
    Map<String, String> settings = new TreeMap<>(given.asMap());
    settings.keySet().removeIf(key -> !key.startsWith(OURS) || given.text(key).isEmpty());
    boolean said =
        settings.keySet().stream()
            .anyMatch(
                key ->
                    key.equals(HttpConfig.AUTH)
                        || key.startsWith(OURS + "tokens")
                        || key.startsWith(OURS + "oidc."));
    if (!said) {
      settings.put(HttpConfig.AUTH, "off");
    }
    settings.put(HttpConfig.PORT, Integer.toString(port));
    HttpConfig config = HttpConfig.from(MillraceConfig.of(settings));
    String scheme = config.tls().isPresent() ? "https" : "http";
    return new HttpAccess(
        settings, URI.create(scheme + "://" + host(config) + ":" + port + "/"), config.open());
  }

  /** An address that stands for all of them is none to call. */
  private static String host(HttpConfig config) {
    String host = config.host();
    try {
      if (InetAddress.getByName(host).isAnyLocalAddress()) {
        return "127.0.0.1";
      }
    } catch (UnknownHostException e) {
      // The coordinator says so, and how to mend it.
      return host;
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return url + (open ? " open" : " guarded");
  }
}
