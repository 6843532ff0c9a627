package io.millrace.examples.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalRun;
import io.millrace.local.LocalWorkflow;
import org.junit.jupiter.api.Test;

/** All steps together, in this thread. */
class WaitingWorkflowTest {
  @Test
  void C1_bread_is_made_of_flour_and_water() {
    LocalRun<Bread> run =
        LocalWorkflow.of(Main.WORKFLOW, new Grind(), new Draw(), new Knead()).start(new Bake(3));

    assertThat(run.result()).isEqualTo(new Bread(1500, 1050));
  }
}
