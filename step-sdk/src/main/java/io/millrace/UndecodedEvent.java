package io.millrace;

/** An event that is decoded when somebody says as what. Immutable and thread-safe. */
public interface UndecodedEvent {
  /** The event's exact type: the simple name of its class or schema. */
  String type();

  /** Whether it is of this event class, or one that this sealed interface permits. */
  boolean is(Class<?> eventClass);

  /**
   * The event.
   *
   * @throws NotThatEventException if it is of another type, or was not kept; says which
   * @throws io.millrace.event.UnreadableEventException if the bytes cannot be read as that class
   */
  <E> E as(Class<E> eventClass);
}
