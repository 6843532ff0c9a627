package io.millrace.worker;

import io.millrace.local.MillraceTest;
import io.millrace.protocol.TaskSourceKind;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
class GroupTaskSourceOnKafkaTest extends TaskSourceConformance {
  @Override
  TaskSourceKind kind() {
    return TaskSourceKind.GROUP;
  }
}
