package io.millrace.examples.progress;

import io.millrace.RunHandle;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.examples.Program;

/** Orders ten sacks and shows progress until they are packed. */
public final class Main {
  public static final Workflow<Order, Packed> WORKFLOW =
      Workflow.of("progress", Order.class, Packed.class);

  private Main() {}

  public static void main(String[] args) {
    Program.run(
        () -> {
          try (WorkflowClient client = WorkflowClient.create()) {
            RunHandle<Packed> run = client.start(WORKFLOW, new Order(10));
            for (StreamedEvent event : run.streamEvents()) {
              System.out.println(event.type() + " " + event.json());
            }
            System.out.println(run.result());
          }
        });
  }
}
