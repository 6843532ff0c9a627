package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.StepBuilder;
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
    steps.add(step("begin", "Begin").build());
    int more = site.draw("steps", 5);
    for (int i = 0; i < more; i++) {
      steps.add(random("step-" + i, plain));
    }
  }

  private StepSpec random(String name, int plain) {
    StepBuilder step = step(name, "T" + site.draw(name + " accepts", plain));
    if (site.oneIn(name + " accepts two", 2)) {
      step.accepts("T" + site.draw(name + " accepts also", plain));
    }
    if (site.oneIn(name + " accepts replies", 3)) {
      step.accepts("Reply");
    }
    if (site.oneIn(name + " collects", 3)) {
      List<String> accepted = new ArrayList<>(step.build().accepts().keySet());
      List<String> set = new ArrayList<>();
      int size = 1 + site.draw(name + " set", 3);
      for (int i = 0; i < size; i++) {
        set.add(accepted.get(site.draw(name + " set", accepted.size())));
      }
      expects.put(name, set);
    }
    return step.build();
  }

  private StepBuilder step(String name, String accepts) {
    StepBuilder step =
        StepBuilder.step(name).accepts(accepts).emits(types.toArray(String[]::new)).emits("Done");
    int attempts = site.draw(name + " attempts", 4);
    if (attempts > 0) {
      step.retries(1 + attempts, Duration.ofMillis(site.draw(name + " delay", 3_000)));
    }
    int reads = site.draw(name + " reads", 3);
    if (reads == 1) {
      step.readsAll();
    } else if (reads == 2) {
      step.reads("counter");
    }
    int places = site.draw(name + " places", 4);
    if (places > 0) {
      step.maxOpenPerRun(places);
    }
    return step;
  }

  List<StepSpec> steps() {
    return steps;
  }

  /** What the step collects; empty: it does not. */
  List<String> expects(String step) {
    return expects.getOrDefault(step, List.of());
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
