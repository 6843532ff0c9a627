package io.millrace.examples.waiting;

import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.examples.Program;

/** Orders three loaves and waits for them. */
public final class Main {
  public static final Workflow<Bake, Bread> WORKFLOW =
      Workflow.of("waiting", Bake.class, Bread.class);

  private Main() {}

  public static void main(String[] args) {
    Program.run(
        () -> {
          try (WorkflowClient client = WorkflowClient.create()) {
            System.out.println(client.start(WORKFLOW, new Bake(3)).result());
          }
        });
  }
}
