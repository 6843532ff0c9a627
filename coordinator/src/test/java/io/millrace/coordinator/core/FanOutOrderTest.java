package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.FanOutFixture.fanOut;
import static io.millrace.coordinator.core.FanOutFixture.say;
import static io.millrace.coordinator.core.FanOutFixture.texts;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a join gets does not depend on who is quicker (C7), in many random histories. */
class FanOutOrderTest {
  @Test
  void C7_order_of_completion_never_changes_what_a_join_gets() {
    for (long seed = 0; seed < 300; seed++) {
      inSomeOrder(seed);
    }
  }

  /** Against a model that knows no protocol: a tree of what each branch emits, read in order. */
  private void inSomeOrder(long seed) {
    Random random = new Random(seed);
    RunFixture run =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Work"),
            step("work").accepts("Work").emits("Part", "Later"),
            step("out").accepts("Out"),
            step("more").accepts("Later").emits("Part", "Later"),
            step("gather").accepts("Part").emits("Out").joinsFanOut(0),
            step("tell").accepts("Part").emits("Out").joinsFanOut(0));
    int width = random.nextInt(40);
    String[] texts = new String[width];
    List<String> expected = new ArrayList<>();
    Map<String, StepEffect[]> does = new HashMap<>();
    for (int i = 0; i < width; i++) {
      texts[i] = "" + i;
      plan(random, texts[i], 0, does, expected);
    }
    List<Target> pending =
        new ArrayList<>(targets(run.complete(target(run.start(), "first"), fanOut("Work", texts))));
    List<Target> joins = new ArrayList<>();
    if (width == 0) {
      return;
    }
    while (!pending.isEmpty()) {
      assertThat(joins).isEmpty();
      Target next = pending.remove(random.nextInt(pending.size()));
      String text = FanOutFixture.text(run.execution(next).event());
      for (Target target : targets(run.complete(next, RunFixture.there(does.get(text))))) {
        (target.joined() == null ? pending : joins).add(target);
      }
      Counters.check(run.store);
    }
    assertThat(joins).as("seed %d", seed).hasSize(2);
    joins.forEach(join -> assertThat(texts(join)).as("seed %d", seed).isEqualTo(expected));
  }

  private static void plan(
      Random random,
      String text,
      int depth,
      Map<String, StepEffect[]> does,
      List<String> expected) {
    StepEffect[] effects = new StepEffect[random.nextInt(4)];
    for (int i = 0; i < effects.length; i++) {
      String child = text + "." + i;
      boolean leaf = depth > 2 || random.nextBoolean();
      effects[i] = say(leaf ? "Part" : "Later", child);
      if (leaf) {
        expected.add(child);
      } else {
        plan(random, child, depth + 1, does, expected);
      }
    }
    does.put(text, effects);
  }
}
