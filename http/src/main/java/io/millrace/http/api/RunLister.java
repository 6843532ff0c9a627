package io.millrace.http.api;

import io.millrace.coordinator.index.RunFilter;
import io.millrace.coordinator.index.RunPage;
import io.millrace.coordinator.index.RunPlace;
import java.util.Optional;

/** Lists runs; {@link io.millrace.coordinator.index.RunIndex} in earnest. Thread-safe. */
public interface RunLister {
  RunPage page(RunFilter filter, Optional<RunPlace> after, int limit);
}
