package io.millrace.coordinator.index;

import java.util.List;
import java.util.Optional;

/**
 * Some runs of a list, newest first.
 *
 * @param next after which run the next page begins; empty: this is the last
 */
public record RunPage(List<ListedRun> runs, Optional<RunPlace> next) {
  public RunPage {
    runs = List.copyOf(runs);
  }
}
