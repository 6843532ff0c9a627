package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks along lines without reading more of them than it must. */
final class Lines {
  /** Each look is so many times longer than the one before. */
  private static final int FARTHER = 8;

  private Lines() {}

  /** The first in the line for which the test holds; it is made of each once. */
  static <E extends Entry> @Nullable Found<E> first(
      RunStore store, Class<E> kind, String line, Predicate<E> test) {
    int seen = 0;
    for (int limit = 1; ; limit = limit > Integer.MAX_VALUE / FARTHER ? limit : limit * FARTHER) {
      List<Found<E>> found = store.scan(kind, line, limit);
      for (Found<E> next : found.subList(seen, found.size())) {
        if (test.test(next.entry())) {
          return next;
        }
      }
      if (found.size() < limit) {
        return null;
      }
      seen = found.size();
    }
  }
}
