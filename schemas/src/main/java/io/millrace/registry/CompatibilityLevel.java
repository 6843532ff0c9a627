package io.millrace.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Which readers and writers a new version of a subject must get on with.
 *
 * <pre>
 * BACKWARD  new readers read what the newest version wrote
 * FORWARD   readers of the newest version read what the new one writes
 * FULL      both;  ..._TRANSITIVE: the same against every version;  NONE: no rule
 * </pre>
 */
public enum CompatibilityLevel {
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true),
  NONE(false, false, false);

  private final boolean newReadsOld;
  private final boolean oldReadsNew;
  private final boolean transitive;

  CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
    this.newReadsOld = newReadsOld;
    this.oldReadsNew = oldReadsNew;
    this.transitive = transitive;
  }

  /** The level of this name, whatever its case; empty if there is none. */
  public static Optional<CompatibilityLevel> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (CompatibilityLevel level : values()) {
      if (level.name().equals(upper)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** Judges a candidate against the versions so far, oldest first. */
  public CompatibilityVerdict judge(Schema candidate, List<Schema> versions) {
    if (versions.isEmpty()) {
      return CompatibilityVerdict.OK;
    }
    List<String> objections = new ArrayList<>();
    int first = transitive ? 0 : versions.size() - 1;
    for (int i = first; i < versions.size(); i++) {
      objections.addAll(objections(candidate, versions.get(i)));
    }
    return CompatibilityVerdict.of(objections);
  }

  private List<String> objections(Schema candidate, Schema earlier) {
    List<String> found = new ArrayList<>();
    if (newReadsOld) {
      incompatibilities(candidate, earlier)
          .forEach(i -> found.add("the new schema cannot read earlier data: " + text(i)));
    }
    if (oldReadsNew) {
      incompatibilities(earlier, candidate)
          .forEach(i -> found.add("the earlier schema cannot read new data: " + text(i)));
    }
    return found;
  }

  private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities();
  }

  private static String text(Incompatibility i) {
    return "%s at %s: %s".formatted(i.getType(), i.getLocation(), i.getMessage());
  }
}
