package io.millrace.step;

import io.millrace.protocol.Effect;
import io.millrace.protocol.EventKind;
import java.util.Optional;

/**
 * What running a try needs from the worker (or the test kit) around it. Methods may be called from
 * any thread until the try has ended.
 */
public interface TryServices {
  /** Takes the next effect, in program order. The worker may ship effects ahead in chunks. */
  void effect(Effect effect);

  /** Writes an encoded event to the run's stream; returns once it is handed to the producer. */
  void stream(String eventType, EventKind kind, byte[] value);

  boolean isCancelled();

  /**
   * @throws IllegalArgumentException if the workflow has no step of this name, or it does not
   *     accept the type; lists what there is
   */
  void checkAccepts(String step, String eventType);

  /**
   * The full name of the schema that a step of the workflow has registered for this event type:
   * normally the class's name.
   */
  Optional<String> schemaName(String eventType);
}
