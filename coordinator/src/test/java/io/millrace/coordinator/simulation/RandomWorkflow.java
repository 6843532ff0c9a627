package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.StepSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow that nobody would write. */
final class RandomWorkflow {
  /** Emitted, and accepted by nobody. */
  private static final String NOBODY = "Nobody";

  private final Site site;
  private final List<String> types = new ArrayList<>();
  private final List<StepSpec> steps = new ArrayList<>();
  private final Map<String, List<String>> expects = new LinkedHashMap<>();
  private final Map<String, List<String>> members = new LinkedHashMap<>();
  private final @Nullable Duration timeout;

  RandomWorkflow(Site site) {
    this.site = site;
    int plain = 1 + site.draw("types", 4);
    for (int i = 0; i < plain; i++) {
      types.add("T" + i);
    }
    types.add(NOBODY);
    types.add("Ask");
    timeout = site.oneIn("timeout", 5) ? Duration.ofSeconds(10 + site.draw("timeout", 300)) : null;
    add(RandomStep.beginning(site, types, plain));
    int more = site.draw("steps", 6);
    for (int i = 0; i < more; i++) {
      add(RandomStep.any(site, "step-" + i, types, plain));
    }
  }

  private void add(RandomStep step) {
    StepSpec spec = step.spec();
    steps.add(spec);
    expects.put(spec.step(), step.expects());
    members.put(spec.step(), List.copyOf(spec.fanOuts()));
  }

  List<StepSpec> steps() {
    return steps;
  }

  /** What the step collects; empty: it does not. */
  List<String> expects(String step) {
    return expects.getOrDefault(step, List.of());
  }

  /** What the step may return in a list; empty: it returns none. */
  List<String> members(String step) {
    return members.getOrDefault(step, List.of());
  }

  String type(int index) {
    return types.get(index % types.size());
  }

  int types() {
    return types.size();
  }

  @Nullable Duration timeout() {
    return timeout;
  }

  boolean pauses() {
    return site.oneIn("pauses", 2);
  }

  boolean internalEvents() {
    return site.oneIn("internal events", 2);
  }
}
