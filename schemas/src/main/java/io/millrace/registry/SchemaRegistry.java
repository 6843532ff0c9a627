package io.millrace.registry;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What Millrace needs of a schema registry. Implementations are thread-safe.
 *
 * <p>Every method may throw {@link RegistryUnavailableException} (outage), {@link
 * RegistryAuthenticationException} and {@link UnexpectedRegistryAnswerException}; methods name only
 * what they add.
 */
public interface SchemaRegistry {
  /**
   * Registers the schema under the subject unless it is there already; idempotent.
   *
   * @return the schema's id, the same under every subject
   * @throws IncompatibleSchemaException if the subject's compatibility rule forbids it
   * @throws InvalidSchemaException if the registry does not accept it as a schema
   */
  int register(String subject, Schema schema);

  /**
   * The schema with this id.
   *
   * @throws SchemaNotFoundException if the registry does not know the id
   */
  Schema byId(int id);

  /**
   * Looks the schema up under the subject and registers nothing.
   *
   * @throws SchemaNotFoundException if the subject or this schema under it is unknown
   */
  int idOf(String subject, Schema schema);

  /** The newest version of the subject; empty if the subject is unknown. Never cached. */
  Optional<RegisteredSchema> latest(String subject);

  /** All subjects, in the registry's order. */
  List<String> subjects();

  /**
   * Whether {@link #register} would accept the schema under the subject's compatibility rule. A
   * subject without versions accepts everything.
   */
  CompatibilityVerdict compatible(String subject, Schema schema);
}
