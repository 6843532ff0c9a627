package io.millrace.coordinator.core;

/**
 * The key of an entry within its run.
 *
 * @param kind which kind of entry
 * @param name id, state key or buffer; may be empty, holds no control character
 * @param seq orders entries of one name; not negative, 0 where there is only one
 */
public record EntryKey<E extends Entry>(Class<E> kind, String name, long seq) {
  public EntryKey {
    if (seq < 0) {
      throw new IllegalArgumentException("seq must not be negative: " + seq);
    }
  }

  public static <E extends Entry> EntryKey<E> of(Class<E> kind, String name) {
    return new EntryKey<>(kind, name, 0);
  }
}
