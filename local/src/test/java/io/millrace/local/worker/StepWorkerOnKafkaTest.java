package io.millrace.local.worker;

import io.millrace.local.MillraceTest;
import java.util.List;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
class StepWorkerOnKafkaTest extends StepWorkerConformance {
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
}
