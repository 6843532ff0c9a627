package io.millrace.http.route;

/** Answers the calls of one route. Thread-safe. */
public interface Handler {
  /**
   * May wait, for as long as a request of a client may.
   *
   * @throws RuntimeException which {@link Problems} turns into a problem
   */
  Answer handle(Call call);
}
