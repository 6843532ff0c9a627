package io.millrace.http.api;

import io.millrace.coordinator.index.DeadLetterFilter;
import io.millrace.coordinator.index.DeadLetterPage;
import java.util.Optional;

/**
 * Lists dead letters; {@link io.millrace.coordinator.index.DeadLetterReader} in earnest.
 * Thread-safe.
 */
public interface DeadLetterLister {
  DeadLetterPage page(DeadLetterFilter filter, Optional<Long> before, int limit);
}
