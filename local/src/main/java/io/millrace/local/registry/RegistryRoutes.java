package io.millrace.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.registry.CompatibilityLevel;
import io.millrace.registry.CompatibilityVerdict;
import io.millrace.registry.IncompatibleSchemaException;
import io.millrace.registry.RegisteredSchema;
import io.millrace.registry.SchemaLedger;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * From a request to its answer.
 *
 * <pre>
 * GET       /                                       health
 * GET       /subjects
 * POST      /subjects/{s}                           look up
 * GET POST  /subjects/{s}/versions                  list, register
 * GET       /subjects/{s}/versions/{n|latest}
 * GET       /schemas/ids/{id}
 * GET       /schemas/types
 * POST      /compatibility/subjects/{s}/versions[/{n|latest}]
 * GET PUT   /config[/{s}]
 * </pre>
 */
final class RegistryRoutes {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SchemaLedger ledger;

  RegistryRoutes(SchemaLedger ledger) {
    this.ledger = ledger;
  }

  /** Throws {@link RefusedRequest} for everything that is not answered with success. */
  JsonNode answer(RegistryRequest request) {
    List<String> path = request.path();
    String root = path.isEmpty() ? "" : path.get(0);
    switch (root) {
      case "":
        allow(request, "GET");
        return JSON.objectNode();
      case "subjects":
        return subjects(request);
      case "schemas":
        return schemas(request);
      case "config":
        return config(request);
      case "compatibility":
        return compatibility(request);
      default:
        throw noSuchPath(request);
    }
  }

  private JsonNode subjects(RegistryRequest request) {
    List<String> path = request.path();
    if (path.size() == 1) {
      allow(request, "GET");
      ArrayNode names = JSON.arrayNode();
      ledger.subjects().forEach(names::add);
      return names;
    }
    String subject = path.get(1);
    if (path.size() == 2) {
      allow(request, "POST");
      return lookUp(subject, request.schema());
    }
    if (!path.get(2).equals("versions") || path.size() > 4) {
      throw noSuchPath(request);
    }
    if (path.size() == 4) {
      allow(request, "GET");
      return json(subject, version(subject, request));
    }
    if (request.method().equals("POST")) {
      return JSON.objectNode().put("id", register(subject, request.schema()));
    }
    allow(request, "GET");
    ArrayNode numbers = JSON.arrayNode();
    known(subject).forEach(version -> numbers.add(version.version()));
    return numbers;
  }

  private JsonNode lookUp(String subject, Schema schema) {
    known(subject);
    return ledger
        .find(subject, schema)
        .map(version -> json(subject, version))
        .orElseThrow(() -> RefusedRequest.unknownSchema(""));
  }

  private int register(String subject, Schema schema) {
    try {
      return ledger.register(subject, schema);
    } catch (IncompatibleSchemaException e) {
      throw RefusedRequest.incompatible(subject, e.reason());
    }
  }

  private JsonNode schemas(RegistryRequest request) {
    allow(request, "GET");
    List<String> path = request.path();
    if (path.equals(List.of("schemas", "types"))) {
      return JSON.arrayNode().add("AVRO");
    }
    if (path.size() != 3 || !path.get(1).equals("ids")) {
      throw noSuchPath(request);
    }
    String id = path.get(2);
    return number(id)
        .flatMap(ledger::schema)
        .map(schema -> JSON.objectNode().put("schema", schema.toString()))
        .orElseThrow(() -> RefusedRequest.unknownSchema(id + " "));
  }

  private JsonNode compatibility(RegistryRequest request) {
    List<String> path = request.path();
    boolean known =
        (path.size() == 4 || path.size() == 5)
            && path.get(1).equals("subjects")
            && path.get(3).equals("versions");
    if (!known) {
      throw noSuchPath(request);
    }
    allow(request, "POST");
    String subject = path.get(2);
    Schema schema = request.schema();
    boolean all = path.size() == 4;
    boolean latest = !all && path.get(4).equals("latest");
    List<RegisteredSchema> against =
        all
            ? ledger.versions(subject)
            : latest
                ? ledger.latest(subject).stream().toList()
                : List.of(version(subject, request));
    CompatibilityVerdict verdict = ledger.judge(subject, schema, against);
    ObjectNode answer = JSON.objectNode().put("is_compatible", verdict.compatible());
    if (request.asks("verbose")) {
      verdict.messages().forEach(answer.withArray("messages")::add);
    }
    return answer;
  }

  private JsonNode config(RegistryRequest request) {
    List<String> path = request.path();
    if (path.size() > 2) {
      throw noSuchPath(request);
    }
    Optional<String> subject = path.size() == 2 ? Optional.of(path.get(1)) : Optional.empty();
    if (request.method().equals("PUT")) {
      String name = request.json().path("compatibility").asText("");
      CompatibilityLevel level =
          CompatibilityLevel.named(name).orElseThrow(() -> RefusedRequest.invalidLevel(name));
      ledger.setLevel(subject, level);
      return JSON.objectNode().put("compatibility", level.name());
    }
    allow(request, "GET");
    CompatibilityLevel level =
        subject.isEmpty()
            ? ledger.defaultLevel()
            : ledger
                .level(subject.get())
                .or(
                    () ->
                        request.asks("defaultToGlobal")
                            ? Optional.of(ledger.defaultLevel())
                            : Optional.empty())
                .orElseThrow(() -> RefusedRequest.noLevelOfItsOwn(subject.get()));
    return JSON.objectNode().put("compatibilityLevel", level.name());
  }

  private RegisteredSchema version(String subject, RegistryRequest request) {
    List<RegisteredSchema> versions = known(subject);
    boolean latest = request.path().get(request.path().size() - 1).equals("latest");
    int number = latest ? versions.size() : request.version();
    if (number > versions.size()) {
      throw RefusedRequest.unknownVersion(number);
    }
    return versions.get(number - 1);
  }

  private List<RegisteredSchema> known(String subject) {
    List<RegisteredSchema> versions = ledger.versions(subject);
    if (versions.isEmpty()) {
      throw RefusedRequest.unknownSubject(subject);
    }
    return versions;
  }

  private static ObjectNode json(String subject, RegisteredSchema version) {
    return JSON.objectNode()
        .put("subject", subject)
        .put("version", version.version())
        .put("id", version.id())
        .put("schema", version.schema().toString());
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      // No schema has an id that is no number.
      return Optional.empty();
    }
  }

  private static void allow(RegistryRequest request, String method) {
    if (!request.method().equals(method)) {
      throw RefusedRequest.wrongMethod(request.method());
    }
  }

  private static RefusedRequest noSuchPath(RegistryRequest request) {
    return RefusedRequest.noSuchPath(request.method(), "/" + String.join("/", request.path()));
  }
}
