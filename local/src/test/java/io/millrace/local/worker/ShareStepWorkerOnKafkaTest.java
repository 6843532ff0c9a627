package io.millrace.local.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.StepWorker;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.StepCompleted;
import io.millrace.worker.TaskSourceConflictException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
class ShareStepWorkerOnKafkaTest extends StepWorkerConformance {
  @Override
  String source() {
    return "share";
  }

  @Override
  boolean eachHasPartitions(Mill mill, String group, int members) throws Exception {
    return mill.admin.describeShareGroups(List.of(group)).all().get().values().stream()
            .flatMap(found -> found.members().stream())
            .filter(member -> !member.assignment().topicPartitions().isEmpty())
            .count()
        == members;
  }

  @Test
  void two_workers_of_a_step_never_run_with_different_sources(LocalMillrace millrace)
      throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    StepWorker shares = start(millrace, mill, Map.of(), new Grind());
    mill.dispatch("run-1", "grind", "x1", new Grain(1));
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);
    String group = mill.namespace().group(Mill.WORKFLOW, "grind");

    assertThatThrownBy(
            () ->
                start(
                    millrace,
                    mill,
                    Map.of("millrace.step.grind.task.source", "group", "millrace.version", "2"),
                    new Grind()))
        .isInstanceOf(TaskSourceConflictException.class)
        .hasMessageContaining(group + " is a share group")
        .hasMessageContaining("millrace.step.grind.task.source=share")
        .hasMessageContaining("kafka-share-groups.sh --delete --group " + group);

    // and the other way round, once the group is deleted as the message says
    shares.close();
    mill.admin.deleteShareGroups(List.of(group)).all().get();
    Map<String, String> asGroup = Map.of("millrace.task.source", "group", "millrace.version", "2");
    start(millrace, mill, asGroup, new Grind());
    mill.dispatch("run-2", "grind", "x2", new Grain(1));
    mill.awaitSaid(StepCompleted.class, all -> all.size() >= 2);
    assertThatThrownBy(() -> start(millrace, mill, Map.of("millrace.version", "3"), new Grind()))
        .isInstanceOf(TaskSourceConflictException.class)
        .hasMessageContaining(group + " is a consumer group")
        .hasMessageContaining("kafka-consumer-groups.sh --delete --group " + group);
  }
}
