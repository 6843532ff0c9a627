package io.millrace.local.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunHandle;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.step.StepDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@MillraceTest(settings = {"millrace.event.partitions=2", "millrace.run.partitions=3"})
class ShareScalingBehaviourTest extends ScalingBehaviour {
  @Override
  String source() {
    return "share";
  }

  @Test
  void S7_F2_more_copies_than_partitions_all_get_work_and_none_runs_more_than_it_may(
      LocalMillrace millrace) throws Exception {
    // given: five copies for two partitions; the first attempt of each waits for all the others
    List<String> copies = List.of("one", "two", "three", "four", "five");
    CountDownLatch all = new CountDownLatch(copies.size());
    AtomicInteger tooMany = new AtomicInteger();
    for (String copy : copies) {
      worker(millrace, "crowded", alone(copy, all, tooMany));
    }
    worker(millrace, "crowded", pack(new ConcurrentHashMap<>()));

    // when
    List<RunHandle<Flour>> runs = start(millrace.client(), "crowded", 0, 60);

    // then
    Map<String, Integer> shares = outcomes(runs);
    assertThat(shares).containsOnlyKeys(copies);
    assertThat(tooMany).hasValue(0);
  }

  private static StepDefinition alone(String copy, CountDownLatch all, AtomicInteger tooMany) {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    return StepDefinition.named("grind")
        .emits(Ground.class)
        .concurrency(1)
        .handler(
            Sack.class,
            (sack, context) -> {
              if (running.incrementAndGet() > 1) {
                tooMany.incrementAndGet();
              }
              if (calls.incrementAndGet() == 1) {
                all.countDown();
              }
              Until.open(all);
              running.decrementAndGet();
              return new Ground(sack.number(), copy);
            });
  }
}
