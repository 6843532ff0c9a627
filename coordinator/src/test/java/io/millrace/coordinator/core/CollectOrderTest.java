package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectOrderTest {
  @Test
  void C4_every_complete_set_fires_exactly_once_whatever_the_order() {
    for (long seed = 0; seed < 1_000; seed++) {
      collectInSomeOrder(seed);
    }
  }

  private static void collectInSomeOrder(long seed) {
    Random random = new Random(seed);
    RunFixture run =
        new RunFixture(
            null,
            StepBuilder.step("first").accepts("Begin"),
            StepBuilder.step("join").accepts("A", "B"));
    int as = random.nextInt(7);
    int bs = random.nextInt(7);
    List<StepEffect> emits = new ArrayList<>();
    for (int i = 0; i < as + bs; i++) {
      emits.add(RunFixture.emit(i < as ? "A" : "B"));
    }
    Collections.shuffle(emits, random);
    List<RunEffect.Target> pending =
        new ArrayList<>(
            RunFixture.targets(
                run.complete(
                    RunFixture.target(run.start(), "first"), emits.toArray(StepEffect[]::new))));
    Set<String> used = new HashSet<>();
    int fired = 0;
    while (!pending.isEmpty()) {
      RunEffect.Target next = pending.remove(random.nextInt(pending.size()));
      if (next.sets().isEmpty()) {
        pending.addAll(RunFixture.targets(run.complete(next, RunFixture.collect("A", "A", "B"))));
      } else {
        next.sets()
            .get(0)
            .events()
            .forEach(e -> assertThat(used.add(e.id())).as("seed %d: used twice", seed).isTrue());
        run.complete(next, RunFixture.collected("A", "A", "B"));
        fired++;
      }
    }
    int sets = Math.min(as / 2, bs);
    assertThat(fired).as("seed %d", seed).isEqualTo(sets);
    assertThat(run.running().buffered()).as("seed %d", seed).isEqualTo(as + bs - 3 * sets);
  }
}
