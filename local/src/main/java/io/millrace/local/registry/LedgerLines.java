package io.millrace.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.registry.CompatibilityLevel;
import io.millrace.registry.LedgerEntry;
import io.millrace.registry.LedgerEntry.LevelSet;
import io.millrace.registry.LedgerEntry.VersionAdded;
import java.util.Optional;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** One change of the registry as one line of JSON, and back. */
final class LedgerLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LedgerLines() {}

  static String write(LedgerEntry entry) {
    ObjectNode line = JSON.createObjectNode();
    if (entry instanceof VersionAdded added) {
      line.put("subject", added.subject())
          .put("version", added.version())
          .put("id", added.id())
          .put("schema", added.schema().toString());
    } else if (entry instanceof LevelSet set) {
      set.subject().ifPresent(subject -> line.put("subject", subject));
      line.put("level", set.level().name());
    }
    return line.toString();
  }

  /** Throws IllegalArgumentException if the line is not one that {@link #write} wrote. */
  static LedgerEntry read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      if (line.has("level")) {
        return new LevelSet(
            Optional.ofNullable(line.get("subject")).map(JsonNode::asText),
            CompatibilityLevel.valueOf(line.path("level").asText()));
      }
      if (line.path("id").isInt() && line.path("version").isInt() && line.has("subject")) {
        return new VersionAdded(
            line.path("subject").asText(),
            line.path("version").intValue(),
            line.path("id").intValue(),
            new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(line.path("schema").asText()));
      }
      throw new IllegalArgumentException("it is neither a schema nor a level");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }
}
