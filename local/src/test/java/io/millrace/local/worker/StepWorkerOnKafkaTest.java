package io.millrace.local.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.StepCompleted;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
class StepWorkerOnKafkaTest extends StepWorkerConformance {
  static final class Look {
    private final Mill mill;
    final List<Long> committed = new CopyOnWriteArrayList<>();

    Look(Mill mill) {
      this.mill = mill;
    }

    @Step(concurrency = 1)
    public Flour grind(Grain grain) throws Exception {
      committed.add(mill.committed("grind"));
      return new Flour(grain.sacks());
    }
  }

  @Override
  String source() {
    return "group";
  }

  @Override
  boolean eachHasPartitions(Mill mill, String group, int members) throws Exception {
    return mill.admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
            .flatMap(found -> found.members().stream())
            .filter(member -> !member.assignment().topicPartitions().isEmpty())
            .count()
        == members;
  }

  @Test
  void E3_code_of_records_that_may_have_come_before_begins_when_they_are_committed(
      LocalMillrace millrace) throws Exception {
    // given: a worker that is gone, and left two records
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    Map<String, String> settings =
        Map.of(
            "millrace.event.partitions", "1",
            "millrace.drain.timeout.ms", "100",
            "millrace.adoption.grace.ms", "60000");
    Held held = new Held();
    StepWorker first = start(millrace, mill, settings, held);
    mill.dispatch("run-0", "grind", "x0", new Grain(0));
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);
    mill.dispatch("run-1", "grind", "x1", new Grain(1));
    held.started.await();
    mill.dispatch("run-2", "grind", "x2", new Grain(2));
    first.close();
    Look look = new Look(mill);

    start(millrace, mill, settings, look);

    // Were it the code's last act, its record would come to nobody again.
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 3);
    assertThat(look.committed).containsExactly(2L, 3L);
  }
}
