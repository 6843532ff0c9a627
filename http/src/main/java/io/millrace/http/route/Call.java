package io.millrace.http.route;

import io.millrace.http.auth.Caller;
import java.util.Optional;

/** One request, as a handler sees it. For one thread at a time. */
public interface Call {
  /** The value of a parameter in the path, decoded. */
  String path(String name);

  /** The value of a parameter of the query; empty when it is absent or blank. */
  Optional<String> query(String name);

  Optional<String> header(String name);

  /**
   * The body, read as this record.
   *
   * @throws ProblemException if it is too large, no JSON, or does not fit; names the field
   */
  <T> T body(Class<T> type);

  /** Who calls; of public routes nobody in particular. */
  Caller caller();
}
