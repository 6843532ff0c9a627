package io.millrace.http.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the table of routes: what the server serves and what the OpenAPI document says of it.
 *
 * @param method GET or POST
 * @param path with parameters in braces
 * @param operation its name in the document
 * @param body record that the request's body is read as
 * @param answers what it answers when all is well, by status
 * @param problems what it answers otherwise, beside what every route may
 * @param atOnce answers from memory, so it is answered however much else is being handled
 */
public record Route(
    String method,
    String path,
    Access access,
    String operation,
    String summary,
    List<Parameter> parameters,
    Optional<Class<?>> body,
    Map<Integer, Reply> answers,
    List<ProblemKind> problems,
    boolean atOnce,
    Handler handler) {
  /**
   * What a status means.
   *
   * @param content content type to the record that is written; {@link Void}: not described further
   */
  public record Reply(String description, Map<String, Class<?>> content) {}

  public Route {
    parameters = List.copyOf(parameters);
    problems = List.copyOf(problems);
  }

  public static Route get(
      String path, Access access, String operation, String summary, Handler handler) {
    return of("GET", path, access, operation, summary, handler);
  }

  public static Route post(
      String path, Access access, String operation, String summary, Handler handler) {
    return of("POST", path, access, operation, summary, handler);
  }

  private static Route of(
      String method,
      String path,
      Access access,
      String operation,
      String summary,
      Handler handler) {
    return new Route(
        method,
        path,
        access,
        operation,
        summary,
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(),
        false,
        handler);
  }

  public Route with(Parameter... more) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return new Route(
        method, path, access, operation, summary, all, body, answers, problems, atOnce, handler);
  }

  public Route taking(Class<?> record) {
    return new Route(
        method,
        path,
        access,
        operation,
        summary,
        parameters,
        Optional.of(record),
        answers,
        problems,
        atOnce,
        handler);
  }

  /** Answers this status with this record as JSON. */
  public Route answering(int status, String description, Class<?> record) {
    return answering(status, new Reply(description, Map.of("application/json", record)));
  }

  public Route answering(int status, Reply reply) {
    Map<Integer, Reply> all = new LinkedHashMap<>(answers);
    all.put(status, reply);
    return new Route(
        method, path, access, operation, summary, parameters, body, all, problems, atOnce, handler);
  }

  public Route failing(ProblemKind... kinds) {
    return new Route(
        method,
        path,
        access,
        operation,
        summary,
        parameters,
        body,
        answers,
        List.of(kinds),
        atOnce,
        handler);
  }

  /** Not to be refused because much else is being handled: for probes and metrics. */
  public Route answeringAtOnce() {
    return new Route(
        method,
        path,
        access,
        operation,
        summary,
        parameters,
        body,
        answers,
        problems,
        true,
        handler);
  }
}
