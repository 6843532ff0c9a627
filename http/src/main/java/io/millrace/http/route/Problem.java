package io.millrace.http.route;

import java.util.List;
import java.util.Optional;

/**
 * What went wrong, by RFC 9457.
 *
 * @param type a URN that names the kind of problem; stable
 * @param title the same for all problems of a type
 * @param detail what is wrong here, and what to do
 * @param known names that would have been known, when a name was not
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    Optional<String> instance,
    Optional<List<String>> known) {
  public static final String CONTENT_TYPE = "application/problem+json";

  public Problem at(String path) {
    return new Problem(type, title, status, detail, Optional.of(path), known);
  }
}
