package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A step that nobody would write. */
final class RandomStep {
  private final Site site;
  private final String name;
  private final StepBuilder step;
  private List<String> expects = List.of();

  private RandomStep(Site site, String name, List<String> emits) {
    this.site = site;
    this.name = name;
    this.step = StepBuilder.step(name).emits(emits.toArray(String[]::new)).emits("Done");
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
  }

  static RandomStep beginning(Site site, List<String> emits, int plain) {
    RandomStep begin = new RandomStep(site, "begin", emits);
    begin.step.accepts("Begin");
    begin.maybeFansOut(plain);
    return begin;
  }

  static RandomStep any(Site site, String name, List<String> emits, int plain) {
    RandomStep random = new RandomStep(site, name, emits);
    switch (site.draw(name + " kind", 10)) {
      case 6, 7 -> random.joinsFanOut(plain);
      case 8 -> random.joinsParameters(plain);
      case 9 -> random.handlesFailures(plain);
      default -> random.takesSingleEvents(plain);
    }
    return random;
  }

  private void takesSingleEvents(int plain) {
    step.accepts(type("accepts", plain));
    if (site.oneIn(name + " accepts two", 2)) {
      step.accepts(type("accepts also", plain));
    }
    if (site.oneIn(name + " accepts replies", 3)) {
      step.accepts("Reply");
    }
    if (site.oneIn(name + " waits for replies", 3)) {
      step.waitsFor("Reply");
    }
    if (site.oneIn(name + " collects", 3)) {
      List<String> accepted = List.copyOf(step.build().accepts().keySet());
      List<String> set = new ArrayList<>();
      int size = 1 + site.draw(name + " set", 3);
      for (int i = 0; i < size; i++) {
        set.add(accepted.get(site.draw(name + " set", accepted.size())));
      }
      expects = set;
    }
    maybeFansOut(plain);
  }

  private void joinsFanOut(int plain) {
    step.accepts(type("accepts", plain)).joinsFanOut(site.draw(name + " takes", 4));
    if (site.oneIn(name + " accepts two", 2)) {
      step.accepts(type("accepts also", plain));
    }
    maybeFansOut(plain);
  }

  private void joinsParameters(int plain) {
    String[] parts = new String[2 + site.draw(name + " parts", 2)];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = type("part", plain);
    }
    step.joins(parts);
    maybeFansOut(plain);
  }

  private void handlesFailures(int plain) {
    String handled =
        site.oneIn(name + " handles one", 2) ? "step-" + site.draw(name + " whom", 5) : "*";
    step.catches(1 + site.draw(name + " recoveries", 2), handled);
    maybeFansOut(plain);
  }

  private void maybeFansOut(int plain) {
    if (site.oneIn(name + " fans out", 2)) {
      step.fansOut(type("member", plain), type("other member", plain));
    }
  }

  private String type(String matter, int plain) {
    return "T" + site.draw(name + " " + matter, plain);
  }

  StepSpec spec() {
    return step.build();
  }

  /** What the step collects; empty: it does not. */
  List<String> expects() {
    return expects;
  }
}
