package io.millrace.http;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.http.auth.OidcSettings;
import io.millrace.http.auth.StaticTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What the HTTP server is told, parsed once and validated. Keys, all below {@code millrace.http.}:
 * {@code port}, {@code host}, {@code auth}, {@code tokens}, {@code tokens.file}, {@code oidc.*},
 * {@code ssl.*}, {@code tls}, {@code max.body.bytes}, {@code max.readers}, {@code
 * max.readers.per.caller}, {@code max.concurrent.requests}, {@code max.requests.per.second}, {@code
 * heartbeat.ms}.
 *
 * @param port 0: any free one
 * @param open nobody is asked who he is; then the host is a loopback address
 * @param tls empty: plain HTTP
 * @param maxReaders of streams, at once
 * @param maxReadersOfOne of streams, at once, of one caller
 * @param maxConcurrent requests that are handled at once, probes and metrics not counted
 * @param maxPerSecond requests of one caller, a second; half as many again at once
 * @param heartbeat how long a stream says nothing before it shows that it lives
 */
public record HttpConfig(
    int port,
    String host,
    boolean open,
    StaticTokens tokens,
    Optional<OidcSettings> oidc,
    Optional<SSLContext> tls,
    int maxBodyBytes,
    int maxReaders,
    int maxReadersOfOne,
    int maxConcurrent,
    int maxPerSecond,
    Duration heartbeat) {
  /** Set: the coordinator serves HTTP. */
  public static final String PORT = "millrace.http.port";

  public static final String AUTH = "millrace.http.auth";
  private static final String HOST = "millrace.http.host";
  private static final String TOKENS = "millrace.http.tokens";
  private static final String TOKENS_FILE = "millrace.http.tokens.file";
  private static final String TLS = "millrace.http.tls";
  private static final String CONCURRENT = "millrace.http.max.concurrent.requests";
  private static final int MAX_PORT = 65_535;
  private static final int MOST_THREADS = 10_000;

  /** Whether the configuration asks for HTTP at all. */
  public static boolean isWanted(MillraceConfig config) {
    return config.text(PORT).isPresent();
  }

  /**
   * @throws InvalidConfigException naming the key, also if nobody could call, if everybody could
   *     from elsewhere, or if tokens would travel in clear text
   */
  public static HttpConfig from(MillraceConfig config) {
    int port = config.count(PORT, 8080, 0);
    if (port > MAX_PORT) {
      throw new InvalidConfigException(PORT, "must be at most " + MAX_PORT + ", not " + port);
    }
    boolean open = isOpen(config);
    StaticTokens tokens = tokens(config);
    Optional<OidcSettings> oidc = OidcSettings.from(config);
    if (!open && tokens.isEmpty() && oidc.isEmpty()) {
      throw new InvalidConfigException(
          TOKENS,
          "is empty and there is no millrace.http.oidc.issuer, so nobody could call the HTTP API."
              + " millrace.http.auth=off lets everybody on this machine");
    }
    Optional<SSLContext> tls = HttpTls.from(config);
    String host = config.text(HOST, "127.0.0.1");
    checkReach(config, host, open, tls.isPresent());
    int maxReaders = config.count("millrace.http.max.readers", 500, 1);
    return new HttpConfig(
        port,
        host,
        open,
        tokens,
        oidc,
        tls,
        config.count("millrace.http.max.body.bytes", 1_048_576, 1),
        maxReaders,
        config.count("millrace.http.max.readers.per.caller", share(maxReaders, open), 1),
        concurrent(config),
        config.count("millrace.http.max.requests.per.second", 200, 1),
        config.millis("millrace.http.heartbeat.ms", Duration.ofSeconds(15)));
  }

  /** One caller leaves a quarter to the others; where nobody is known, there is but one. */
  private static int share(int maxReaders, boolean open) {
    return open ? maxReaders : maxReaders - maxReaders / 4;
  }

  /** Each has a thread of the server. */
  private static int concurrent(MillraceConfig config) {
    int most = config.count(CONCURRENT, 100, 1);
    if (most > MOST_THREADS) {
      throw new InvalidConfigException(
          CONCURRENT, "must be at most " + MOST_THREADS + ", not " + most + ": each has a thread");
    }
    return most;
  }

  private static boolean isOpen(MillraceConfig config) {
    String auth = config.text(AUTH, "on");
    if (!auth.equals("on") && !auth.equals("off")) {
      throw new InvalidConfigException(AUTH, "must be on or off, not " + auth);
    }
    return auth.equals("off");
  }

  private static void checkReach(MillraceConfig config, String host, boolean open, boolean tls) {
    if (isLoopback(host)) {
      return;
    }
    if (open) {
      throw new InvalidConfigException(
          HOST,
          "is "
              + host
              + ", which others can reach, and millrace.http.auth is off; without authentication"
              + " only a loopback address is served");
    }
    String how = config.text(TLS, "on");
    if (!how.equals("on") && !how.equals("proxy")) {
      throw new InvalidConfigException(TLS, "must be on or proxy, not " + how);
    }
    if (!tls && how.equals("on")) {
      throw new InvalidConfigException(
          HOST,
          "is "
              + host
              + " and there is no millrace.http.ssl.keystore.location, so tokens would travel in"
              + " clear text. Say millrace.http.tls=proxy if a proxy in front speaks TLS");
    }
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InvalidConfigException(HOST, "is no address of this machine: " + host, e);
    }
  }

  private static StaticTokens tokens(MillraceConfig config) {
    List<String> lines = new ArrayList<>();
    config.text(TOKENS).ifPresent(text -> lines.addAll(List.of(text.split(","))));
    Optional<String> file = config.text(TOKENS_FILE);
    if (file.isPresent()) {
      try {
        lines.addAll(Files.readAllLines(Path.of(file.get())));
      } catch (IOException e) {
        throw new InvalidConfigException(TOKENS_FILE, "cannot be read: " + file.get(), e);
      }
    }
    return StaticTokens.parse(file.isPresent() ? TOKENS_FILE : TOKENS, lines);
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "http host=%s port=%d auth=%s tls=%s maxBodyBytes=%d maxReaders=%d maxReadersPerCaller=%d maxConcurrent=%d maxPerSecond=%d"
        .formatted(
            host,
            port,
            open ? "off" : oidc.map(o -> "oidc " + o.issuer()).orElse("tokens"),
            tls.isPresent() ? "on" : "off",
            maxBodyBytes,
            maxReaders,
            maxReadersOfOne,
            maxConcurrent,
            maxPerSecond);
  }
}
