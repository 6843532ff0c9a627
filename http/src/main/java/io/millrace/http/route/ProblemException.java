package io.millrace.http.route;

import java.util.Map;

/** A problem that is known where it happens. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  public ProblemException(ProblemKind kind, String detail) {
    this(kind, detail, Map.of());
  }

  /**
   * @param headers of the answer
   */
  public ProblemException(ProblemKind kind, String detail, Map<String, String> headers) {
    super(detail);
    this.problem = kind.of(detail);
    this.headers = Map.copyOf(headers);
  }

  public Problem problem() {
    return problem;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
