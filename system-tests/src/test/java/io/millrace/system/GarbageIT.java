package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.RunHandle;
import io.millrace.WorkflowClient;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Scale;
import io.millrace.system.tally.Sealed;
import io.millrace.system.tally.Tally;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What does not belong on a topic, while runs go on. */
@OnStack
@Tag("full")
class GarbageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Whose readers write dead letters; what is on others is passed over. */
  private static final Set<String> ANSWERED_FOR =
      Set.of(
          "millrace.runs",
          "millrace.facts",
          "millrace.tally.Count",
          "millrace.tally.Sack",
          "millrace.tally.Weighed",
          "millrace.tally.Gathered");

  @Test
  void F5_garbage_on_every_shared_topic_harms_neither_who_works_nor_who_comes_later(Stack stack)
      throws Exception {
    Fleet fleet = stack.fleet();
    stack.underLoad(
        load -> {
          Set<String> littered = stack.litter().drop();
          assertThat(littered)
              .containsAll(ANSWERED_FOR)
              .contains("millrace.steps", "millrace.workers", "millrace.outcomes");
          Stack.awaitProgress(load, 10);

          // Who comes now begins with it on the topics of steps, workers and cancels.
          for (Member coordinator : fleet.coordinators()) {
            fleet.replace(coordinator);
          }
          fleet.scale(Service.TALLY, 3);
          Weighings.fromNow(stack).awaitAll(Scale::host, fleet.hosts(Service.WEIGH));
          fleet.scale(Service.TALLY, 2);
          Stack.awaitProgress(load, 10);
          answer(stack);
          await("that all of it is answered for")
              .atMost(PATIENCE)
              .untilAsserted(
                  () -> assertThat(stack.litter().deadLetters()).containsAll(answeredFor(stack)));
        });
  }

  /** By a client that was not there before. */
  private static void answer(Stack stack) {
    Run run = new Run("after-garbage", new Count(6, 1, false));
    stack.remember(run);
    try (WorkflowClient client = stack.client()) {
      RunHandle<Tally> handle = run.start(client);
      handle.sendEvent(new Sealed(run.id()));
      assertThat(handle.result(PATIENCE)).isEqualTo(run.expected());
    }
  }

  private static Set<String> answeredFor(Stack stack) {
    return stack.litter().bare().stream()
        .filter(place -> ANSWERED_FOR.contains(place.substring(0, place.lastIndexOf('-'))))
        .collect(Collectors.toSet());
  }
}
