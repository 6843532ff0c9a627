package io.millrace.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * The registry behind {@code mock://scope}: lives in this JVM, is shared by everyone who names the
 * same scope, and enforces compatibility like a real one (BACKWARD).
 */
final class MockSchemaRegistry implements SchemaRegistry {
  static final String PREFIX = "mock://";
  private static final Map<String, SchemaLedger> SCOPES = new ConcurrentHashMap<>();

  private final String url;
  private final SchemaLedger ledger;

  MockSchemaRegistry(String url) {
    this.url = url;
    this.ledger = SCOPES.computeIfAbsent(scope(url), s -> new SchemaLedger(LedgerJournal.NONE));
  }

  /** Empties a scope for those who ask for it from now on. */
  static void drop(String url) {
    SCOPES.remove(scope(url));
  }

  private static String scope(String url) {
    return url.substring(PREFIX.length());
  }

  @Override
  public int register(String subject, Schema schema) {
    return ledger.register(subject, schema);
  }

  @Override
  public Schema byId(int id) {
    return ledger.schema(id).orElseThrow(() -> SchemaNotFoundException.unknownId(id, url));
  }

  @Override
  public int idOf(String subject, Schema schema) {
    if (ledger.latest(subject).isEmpty()) {
      throw SchemaNotFoundException.unknownSubject(subject, url);
    }
    return ledger
        .find(subject, schema)
        .map(RegisteredSchema::id)
        .orElseThrow(
            () -> SchemaNotFoundException.notUnderSubject(subject, schema.getFullName(), url));
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    return ledger.latest(subject);
  }

  @Override
  public List<String> subjects() {
    return ledger.subjects();
  }

  @Override
  public CompatibilityVerdict compatible(String subject, Schema schema) {
    return ledger.judge(subject, schema);
  }
}
