package io.millrace.http.auth;

import io.millrace.config.InvalidConfigException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tokens that the operator has made up and written into a setting or a file: {@code
 * role:name:token}, for instance {@code operate:ci:3b2f...}. Only their digests are kept.
 */
public final class StaticTokens implements Authenticator {
  private static final int LEAST_CHARS = 16;

  private record Known(byte[] digest, Caller caller) {}

  private final List<Known> known;

  private StaticTokens(List<Known> known) {
    this.known = List.copyOf(known);
  }

  /**
   * @param key where the lines are from, for messages
   * @param lines blank ones and those that begin with # are skipped
   * @throws InvalidConfigException for a line that is no such triple, or a token that can be
   *     guessed
   */
  public static StaticTokens parse(String key, List<String> lines) {
    List<Known> known = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        known.add(parse(key, line.strip()));
      }
    }
    return new StaticTokens(known);
  }

  private static Known parse(String key, String line) {
    String[] parts = line.split(":", 3);
    if (parts.length < 3 || parts[1].isBlank()) {
      throw new InvalidConfigException(
          key, "holds an entry that is not role:name:token, with role view or operate");
    }
    String name = parts[1].strip();
    String token = parts[2].strip();
    if (token.length() < LEAST_CHARS) {
      throw new InvalidConfigException(
          key,
          "holds a token for %s of fewer than %d characters, which can be guessed; make one with `openssl rand -hex 32`"
              .formatted(name, LEAST_CHARS));
    }
    return new Known(digest(token), new Caller(name, role(key, parts[0]), Optional.empty()));
  }

  private static Role role(String key, String text) {
    switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "view":
        return Role.VIEW;
      case "operate":
        return Role.OPERATE;
      default:
        throw new InvalidConfigException(
            key, "names a role '" + text.strip() + "'; roles are view and operate");
    }
  }

  public boolean isEmpty() {
    return known.isEmpty();
  }

  @Override
  public Caller authenticate(Optional<String> token) {
    return find(token)
        .orElseThrow(() -> new UnauthenticatedException(Bearer.complaint(token.isPresent())));
  }

  /** Looks at all of them, so that the time it takes tells nothing. */
  Optional<Caller> find(Optional<String> token) {
    byte[] given = digest(token.orElse(""));
    Optional<Caller> found = Optional.empty();
    for (Known candidate : known) {
      if (MessageDigest.isEqual(candidate.digest(), given)) {
        found = Optional.of(candidate.caller());
      }
    }
    return found;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
