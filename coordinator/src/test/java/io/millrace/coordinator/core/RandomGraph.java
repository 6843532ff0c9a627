package io.millrace.coordinator.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A workflow that nobody would write. */
final class RandomGraph {
  private final Random random;
  private final List<StepSpec> steps = new ArrayList<>();
  private final Map<String, List<String>> expects = new LinkedHashMap<>();
  private final List<String> types = new ArrayList<>(List.of("Ask", "Nobody"));
  private final @Nullable Duration timeout;
  private final boolean pauses;
  private final boolean internalEvents;

  RandomGraph(Random random) {
    this.random = random;
    this.timeout = random.nextInt(4) == 0 ? Duration.ofMinutes(random.nextInt(5) + 1) : null;
    this.pauses = random.nextBoolean();
    this.internalEvents = random.nextBoolean();
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      types.add("T" + i);
    }
    steps.add(step("begin").accepts("Begin").emits("T0").build());
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      String name = "step-" + i;
      StepBuilder step = step(name).accepts(someT());
      String another = someT();
      step.accepts(another);
      if (random.nextInt(3) == 0) {
        step.accepts("Reply");
      }
      if (random.nextInt(3) == 0) {
        List<String> accepted = new ArrayList<>(step.build().accepts().keySet());
        List<String> set = new ArrayList<>();
        for (int n = 0; n < 1 + random.nextInt(3); n++) {
          set.add(accepted.get(random.nextInt(accepted.size())));
        }
        expects.put(name, set);
      }
      steps.add(step.build());
    }
  }

  private StepBuilder step(String name) {
    StepBuilder step = StepBuilder.step(name).emits(types.toArray(String[]::new));
    if (random.nextBoolean()) {
      step.retries(1 + random.nextInt(4), Duration.ofMillis(random.nextInt(3000)));
    }
    if (random.nextBoolean()) {
      step.readsAll();
    } else if (random.nextBoolean()) {
      step.reads("total");
    }
    if (random.nextBoolean()) {
      step.maxOpenPerRun(1 + random.nextInt(3));
    }
    return step;
  }

  private String someT() {
    return types.get(2 + random.nextInt(types.size() - 2));
  }

  String someType() {
    return types.get(random.nextInt(types.size()));
  }

  List<StepSpec> steps() {
    return steps;
  }

  List<String> expects(String step) {
    return expects.getOrDefault(step, List.of());
  }

  @Nullable Duration timeout() {
    return timeout;
  }

  boolean pauses() {
    return pauses;
  }

  boolean internalEvents() {
    return internalEvents;
  }
}
