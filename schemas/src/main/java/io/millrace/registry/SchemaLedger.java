package io.millrace.registry;

import io.millrace.registry.LedgerEntry.LevelSet;
import io.millrace.registry.LedgerEntry.VersionAdded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * The memory of a schema registry: the in-process registry and the development registry are shells
 * around it. Ids count up from 1 and belong to a schema's text, so the same schema has one id under
 * every subject. Thread-safe by one lock. Each change is journalled first and then applied by
 * {@link #apply}, which is also what a restart replays.
 */
public final class SchemaLedger {
  private final LedgerJournal journal;
  private final Map<Integer, Schema> byId = new HashMap<>();
  private final Map<String, Integer> idByText = new HashMap<>();
  private final Map<String, List<RegisteredSchema>> subjects = new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private CompatibilityLevel defaultLevel = CompatibilityLevel.BACKWARD;
  private int highestId;

  /** An empty ledger. */
  public SchemaLedger(LedgerJournal journal) {
    this.journal = journal;
  }

  /**
   * Adds a version unless the subject has this schema already; returns the id.
   *
   * @throws IncompatibleSchemaException if the subject's level forbids it
   */
  public synchronized int register(String subject, Schema schema) {
    Optional<RegisteredSchema> known = find(subject, schema);
    if (known.isPresent()) {
      return known.get().id();
    }
    CompatibilityVerdict verdict = judge(subject, schema);
    if (!verdict.compatible()) {
      throw new IncompatibleSchemaException(subject, String.join("; ", verdict.messages()));
    }
    Integer shared = idByText.get(schema.toString());
    int id = shared != null ? shared : highestId + 1;
    record(new VersionAdded(subject, versions(subject).size() + 1, id, schema));
    return id;
  }

  /** The version of the subject that has exactly this schema. */
  public synchronized Optional<RegisteredSchema> find(String subject, Schema schema) {
    String text = schema.toString();
    return versions(subject).stream().filter(v -> v.schema().toString().equals(text)).findFirst();
  }

  /** The schema with this id. */
  public synchronized Optional<Schema> schema(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All subjects, sorted. */
  public synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** The versions of a subject, oldest first; empty if it is unknown. */
  public synchronized List<RegisteredSchema> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, List.of()));
  }

  /** The newest version of a subject. */
  public synchronized Optional<RegisteredSchema> latest(String subject) {
    List<RegisteredSchema> versions = versions(subject);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** What {@link #register} would say of this schema. */
  public synchronized CompatibilityVerdict judge(String subject, Schema schema) {
    return judge(subject, schema, versions(subject));
  }

  /** The same by the subject's level against the given versions only, oldest first. */
  public synchronized CompatibilityVerdict judge(
      String subject, Schema schema, List<RegisteredSchema> against) {
    return level(subject)
        .orElse(defaultLevel)
        .judge(schema, against.stream().map(RegisteredSchema::schema).toList());
  }

  /** The level of subjects without their own; BACKWARD at first. */
  public synchronized CompatibilityLevel defaultLevel() {
    return defaultLevel;
  }

  /** The subject's own level, if it was given one. */
  public synchronized Optional<CompatibilityLevel> level(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /** Sets the level of one subject, which need not exist yet, or the default (empty). */
  public synchronized void setLevel(Optional<String> subject, CompatibilityLevel level) {
    record(new LevelSet(subject, level));
  }

  /** Applies a change that is already in the journal. */
  public synchronized void apply(LedgerEntry entry) {
    if (entry instanceof VersionAdded added) {
      addVersion(added);
    } else if (entry instanceof LevelSet set) {
      if (set.subject().isPresent()) {
        levels.put(set.subject().get(), set.level());
      } else {
        defaultLevel = set.level();
      }
    }
  }

  private void addVersion(VersionAdded added) {
    String text = added.schema().toString();
    Schema sameId = byId.get(added.id());
    if (added.version() != versions(added.subject()).size() + 1
        || (sameId != null && !sameId.toString().equals(text))) {
      throw new IllegalStateException(
          "version %d of subject %s with schema id %d does not follow from what came before"
              .formatted(added.version(), added.subject(), added.id()));
    }
    byId.putIfAbsent(added.id(), added.schema());
    idByText.putIfAbsent(text, added.id());
    highestId = Math.max(highestId, added.id());
    subjects
        .computeIfAbsent(added.subject(), s -> new ArrayList<>())
        .add(new RegisteredSchema(added.id(), added.version(), added.schema()));
  }

  private void record(LedgerEntry entry) {
    journal.append(entry);
    apply(entry);
  }
}
