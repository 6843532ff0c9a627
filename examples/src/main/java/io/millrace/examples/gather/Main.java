package io.millrace.examples.gather;

import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.examples.Program;
import java.util.List;

/** Delivers four sacks and prints the receipt. */
public final class Main {
  public static final Workflow<Delivery, Receipt> WORKFLOW =
      Workflow.of("gather", Delivery.class, Receipt.class);

  private Main() {}

  public static void main(String[] args) {
    Program.run(
        () -> {
          try (WorkflowClient client = WorkflowClient.create()) {
            Delivery delivery = new Delivery(List.of(51, 49, 26, 76));
            System.out.println(client.start(WORKFLOW, delivery).result());
          }
        });
  }
}
