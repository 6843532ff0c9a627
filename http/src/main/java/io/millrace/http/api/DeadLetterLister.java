package io.millrace.http.api;

import io.millrace.http.api.DeadLetterViews.DeadLetter;
import io.millrace.http.api.DeadLetterViews.DeadLetterList;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists dead letters, newest first. Thread-safe. */
public interface DeadLetterLister {
  /**
   * @param before only letters of lower offsets; empty: from the newest
   * @param limit most letters of the page
   */
  DeadLetterList page(Optional<Long> before, int limit, Predicate<DeadLetter> wanted);
}
