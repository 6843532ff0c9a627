package io.millrace.http.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.route.Access;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.Problem;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The OpenAPI 3.1 document of a table of routes. */
public final class Document {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RecordSchemas schemas = new RecordSchemas();

  private Document() {}

  /**
   * @param version of the product
   */
  public static ObjectNode of(List<Route> routes, String version) {
    return new Document().write(routes, version);
  }

  private ObjectNode write(List<Route> routes, String version) {
    ObjectNode document = NODES.objectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Millrace")
        .put("version", version)
        .put(
            "description",
            "Workflows, their runs and the streams of their runs. Every coordinator answers every"
                + " request. Errors are problems by RFC 9457.");
    ObjectNode paths = document.putObject("paths");
    routes.forEach(
        route ->
            paths
                .withObject("/" + escaped(route.path()))
                .set(route.method().toLowerCase(Locale.ROOT), operation(route)));
    ObjectNode components = document.putObject("components");
    schemas.reference(Problem.class);
    components.set("schemas", schemas.all());
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put(
            "description",
            "A static token, or a JWT of the identity provider. Its role is view or operate; operate"
                + " may do all that view may.");
    return document;
  }

  /** As JSON pointers want it. */
  private static String escaped(String path) {
    return path.replace("~", "~0").replace("/", "~1");
  }

  private ObjectNode operation(Route route) {
    ObjectNode operation = NODES.objectNode();
    operation.put("operationId", route.operation()).put("summary", route.summary());
    route
        .access()
        .role()
        .ifPresentOrElse(
            role ->
                operation
                    .put(
                        "description",
                        "Needs the role " + role.name().toLowerCase(Locale.ROOT) + ".")
                    .putArray("security")
                    .addObject()
                    .putArray("bearer"),
            () -> operation.putArray("security"));
    for (Parameter parameter : route.parameters()) {
      operation.withArray("parameters").add(parameter(parameter));
    }
    route
        .body()
        .ifPresent(
            record -> {
              ObjectNode body = operation.putObject("requestBody").put("required", true);
              body.putObject("content")
                  .putObject("application/json")
                  .set("schema", schemas.reference(record));
            });
    ObjectNode responses = operation.putObject("responses");
    route.answers().forEach((status, reply) -> responses.set(String.valueOf(status), reply(reply)));
    problems(route)
        .forEach((status, kinds) -> responses.set(String.valueOf(status), problem(kinds)));
    return operation;
  }

  private static ObjectNode parameter(Parameter p) {
    ObjectNode parameter = NODES.objectNode();
    parameter.put("name", p.name()).put("in", p.in()).put("description", p.description());
    if (p.in().equals("path")) {
      parameter.put("required", true);
    }
    ObjectNode schema = parameter.putObject("schema").put("type", p.type());
    if (!p.format().isEmpty()) {
      schema.put("format", p.format());
    }
    p.values().forEach(value -> schema.withArray("enum").add(value));
    return parameter;
  }

  private ObjectNode reply(Route.Reply reply) {
    ObjectNode node = NODES.objectNode().put("description", reply.description());
    reply
        .content()
        .forEach(
            (type, record) -> {
              ObjectNode content = node.withObject("/content").putObject(type);
              content.set("schema", schema(type, record));
            });
    return node;
  }

  /** OpenAPI 3.1 has no word for a body of many records; the record is described all the same. */
  private ObjectNode schema(String type, Class<?> record) {
    if (record == Void.class) {
      return NODES.objectNode().put("type", type.endsWith("json") ? "object" : "string");
    }
    ObjectNode reference = schemas.reference(record);
    if (type.equals("application/json")) {
      return reference;
    }
    if (type.endsWith("json")) {
      return reference.put("description", "Of each line that is not empty.");
    }
    return NODES
        .objectNode()
        .put("type", "string")
        .put(
            "description",
            "Events; the data of each is a " + reference.get("$ref").textValue() + ".");
  }

  /** What the route may answer when not all is well, by status. */
  static Map<Integer, List<ProblemKind>> problems(Route route) {
    List<ProblemKind> all = new ArrayList<>(route.problems());
    all.add(ProblemKind.BAD_REQUEST);
    all.add(ProblemKind.INTERNAL);
    if (route.access() != Access.PUBLIC) {
      all.addAll(
          List.of(
              ProblemKind.UNAUTHENTICATED,
              ProblemKind.FORBIDDEN,
              ProblemKind.FOREIGN_ORIGIN,
              ProblemKind.TOO_MANY_REQUESTS,
              ProblemKind.UNAVAILABLE));
    }
    if (!route.atOnce()) {
      all.add(ProblemKind.BUSY);
    }
    if (route.body().isPresent()) {
      all.addAll(List.of(ProblemKind.BODY_TOO_LARGE, ProblemKind.UNSUPPORTED_MEDIA_TYPE));
    }
    Map<Integer, List<ProblemKind>> byStatus = new TreeMap<>();
    all.stream()
        .distinct()
        .sorted()
        .forEach(kind -> byStatus.computeIfAbsent(kind.status(), s -> new ArrayList<>()).add(kind));
    return byStatus;
  }

  private ObjectNode problem(List<ProblemKind> kinds) {
    ObjectNode node =
        NODES
            .objectNode()
            .put(
                "description",
                kinds.stream()
                    .map(kind -> kind.title() + " (`" + kind.type() + "`)")
                    .collect(Collectors.joining("; ")));
    node.putObject("content")
        .putObject(Problem.CONTENT_TYPE)
        .set("schema", schemas.reference(Problem.class));
    return node;
  }
}
