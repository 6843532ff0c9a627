package io.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists that come in pages. */
final class Pages {
  private Pages() {}

  /**
   * @param next where the page after it begins; empty: it was the last
   */
  record Page<T, C>(List<T> items, Optional<C> next) {}

  /** Asks for a page. */
  interface Source<T, C> {
    /**
     * @param from empty: from the beginning
     * @param most items of the page
     */
    Page<T, C> page(Optional<C> from, int most);
  }

  /**
   * Of {@code --limit}.
   *
   * @throws UsageException if it lets nothing through
   */
  static void checkLimit(int limit) {
    if (limit < 1) {
      throw new UsageException("--limit must be 1 or more, not " + limit);
    }
  }

  /** The first items of a list, {@code limit} at most. */
  static <T, C> List<T> first(int limit, int pageSize, Source<T, C> source) {
    List<T> items = new ArrayList<>();
    Optional<C> from = Optional.empty();
    do {
      Page<T, C> page = source.page(from, Math.min(pageSize, limit - items.size()));
      items.addAll(page.items());
      from = page.next();
    } while (from.isPresent() && items.size() < limit);
    return items;
  }
}
