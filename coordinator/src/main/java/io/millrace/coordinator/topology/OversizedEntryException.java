package io.millrace.coordinator.topology;

/** An input led to an entry that the store's changelog does not admit. */
final class OversizedEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OversizedEntryException(String kind, int size, int most) {
    super(
        ("an entry of kind %s would take %d bytes, %d are possible; collect fewer or smaller events"
                + " at once, or send references to large data")
            .formatted(kind, size, most));
  }
}
