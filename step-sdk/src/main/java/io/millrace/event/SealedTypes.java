package io.millrace.event;

import java.util.stream.Stream;

/** Sealed types as the unions that they are. */
public final class SealedTypes {
  private SealedTypes() {}

  /**
   * The concrete classes that a sealed type permits, directly or through sealed types below it, in
   * declaration order and each once. A type that is not sealed is returned as it is.
   */
  public static Stream<Class<?>> concrete(Class<?> type) {
    return expand(type).distinct();
  }

  private static Stream<Class<?>> expand(Class<?> type) {
    return type.isSealed() && !type.isEnum()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(SealedTypes::expand)
        : Stream.of(type);
  }
}
