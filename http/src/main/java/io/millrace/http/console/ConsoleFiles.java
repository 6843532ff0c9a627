package io.millrace.http.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The console's files, all in one folder of the class path. Thread-safe. */
public final class ConsoleFiles {
  /** The page that everything begins with. */
  public static final String INDEX = "index.html";

  /**
   * What a browser may do with the console: load from here and talk to here, and make text into
   * markup nowhere, because texts come from events.
   */
  public static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " object-src 'none'; require-trusted-types-for 'script'";

  private static final Pattern NAME = Pattern.compile("[a-z]+\\.(html|css|js|svg)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /**
   * @param etag changes with the bytes
   */
  public record File(String contentType, byte[] bytes, String etag) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof File file
          && contentType.equals(file.contentType)
          && Arrays.equals(bytes, file.bytes);
    }

    @Override
    public int hashCode() {
      return etag.hashCode();
    }
  }

  private final Map<String, Optional<File>> read = new ConcurrentHashMap<>();

  /** Empty for a name that is none of the console's; nothing outside its folder has a name. */
  public Optional<File> find(String name) {
    Matcher form = NAME.matcher(name);
    return form.matches()
        ? read.computeIfAbsent(name, n -> read(n, TYPES.get(form.group(1))))
        : Optional.empty();
  }

  private static Optional<File> read(String name, @Nullable String contentType) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(name)) {
      if (in == null || contentType == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      return Optional.of(new File(contentType, bytes, etag(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("a file of the console cannot be read: " + name, e);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
