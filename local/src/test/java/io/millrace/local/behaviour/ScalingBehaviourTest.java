package io.millrace.local.behaviour;

import io.millrace.local.MillraceTest;

@MillraceTest(settings = {"millrace.event.partitions=6", "millrace.run.partitions=3"})
class ScalingBehaviourTest extends ScalingBehaviour {
  @Override
  String source() {
    return "group";
  }
}
