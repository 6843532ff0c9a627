package io.millrace.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/** One change of a {@link SchemaLedger}; replaying them in order rebuilds it. */
public sealed interface LedgerEntry {

  /** A subject got a version. The id may be shared with other subjects. */
  record VersionAdded(String subject, int version, int id, Schema schema) implements LedgerEntry {}

  /** A compatibility level was set, for one subject or (empty) for all without their own. */
  record LevelSet(Optional<String> subject, CompatibilityLevel level) implements LedgerEntry {}
}
