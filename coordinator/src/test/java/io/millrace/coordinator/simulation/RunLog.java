package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One partition of the run log, with broker append time (law 18). */
final class RunLog {
  record Logged(String runId, RunInput input, Instant at) {}

  private final Timeline timeline;
  private final Site site;
  private final List<Logged> records = new ArrayList<>();
  private long skew;

  RunLog(Timeline timeline, Site site) {
    this.timeline = timeline;
    this.site = site;
  }

  void append(String runId, RunInput input) {
    if (site.strikes(Fault.CLOCK_SKEW)) {
      int far = site.draw("skew", 20_000);
      skew = (far & 1) == 0 ? far / 2 : -far / 2;
    }
    records.add(new Logged(runId, input, Timeline.instant(timeline.now() + skew)));
  }

  Logged get(long offset) {
    return records.get((int) offset);
  }

  long end() {
    return records.size();
  }
}
