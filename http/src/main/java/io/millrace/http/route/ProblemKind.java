package io.millrace.http.route;

import java.util.List;
import java.util.Optional;

/** Every kind of problem that the API answers with. */
public enum ProblemKind {
  BAD_REQUEST(400, "The request makes no sense"),
  EVENT_MISMATCH(422, "The event does not fit its schema"),
  UNAUTHENTICATED(401, "Nobody is known by this token"),
  FORBIDDEN(403, "The role is not enough"),
  FOREIGN_ORIGIN(403, "The call comes from another site"),
  NOT_FOUND(404, "There is nothing here"),
  UNKNOWN_WORKFLOW(404, "The workflow is not known"),
  UNKNOWN_RUN(404, "The run is not known"),
  METHOD_NOT_ALLOWED(405, "The method is not for this path"),
  NOT_ACCEPTABLE(406, "No such representation"),
  RUN_ID_TAKEN(409, "The run id belongs to another start"),
  RUN_FINISHED(409, "The run has ended"),
  NOT_REDRIVABLE(409, "There is nothing to redrive"),
  INVALID_WORKFLOW(409, "The workflow has problems"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
  REFUSED(422, "The coordinator refused it"),
  LIMIT_EXCEEDED(422, "A limit would be passed"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  TOO_MANY_READERS(503, "Too many readers"),
  BUSY(503, "Too much at once"),
  INTERNAL(500, "Something broke"),
  UNAVAILABLE(503, "Something that is needed does not answer"),
  NO_ANSWER(504, "No coordinator answered in time");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String type() {
    return "urn:millrace:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  public String title() {
    return title;
  }

  public Problem of(String detail) {
    return new Problem(type(), title, status, detail, Optional.empty(), Optional.empty());
  }

  /**
   * @param known names that would have been known
   */
  public Problem of(String detail, List<String> known) {
    return new Problem(
        type(), title, status, detail, Optional.empty(), Optional.of(List.copyOf(known)));
  }
}
