package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.index.WorkflowEdge;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.index.WorkflowStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final WorkflowOutline MILL =
      new WorkflowOutline(
          "mill",
          List.of("Order"),
          List.of(),
          List.of(step("end"), step("grind")),
          List.of(
              edge("grind", "Sack", "end", true),
              edge("end", "Bread", "", false),
              edge("", "Order", "grind", false),
              edge("", "Order", "end", false)),
          List.of());

  @Test
  void mermaid_has_boxes_for_steps_round_ends_for_the_outside_and_thick_arrows_for_fan_outs() {
    assertThat(MermaidText.of(MILL))
        .isEqualTo(
            """
            flowchart LR
              s0["end"]
              s1["grind"]
              e0(["Bread"])
              e1(["Order"])
              s1 ==>|"Sack"| s0
              s0 --> e0
              e1 --> s1
              e1 --> s0
            """);
  }

  @Test
  void dot_has_the_same() {
    assertThat(DotText.of(MILL))
        .isEqualTo(
            """
            digraph "mill" {
              rankdir=LR;
              s0 [label="end", shape=box];
              s1 [label="grind", shape=box];
              e0 [label="Bread", shape=ellipse];
              e1 [label="Order", shape=ellipse];
              s1 -> s0 [label="Sack", penwidth=3];
              s0 -> e0 [label=""];
              e1 -> s1 [label=""];
              e1 -> s0 [label=""];
            }
            """);
  }

  private static WorkflowStep step(String name) {
    return new WorkflowStep(
        name,
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        1,
        Optional.empty(),
        1);
  }

  private static WorkflowEdge edge(String from, String event, String to, boolean fanOut) {
    return new WorkflowEdge(named(from), event, named(to), fanOut);
  }

  private static Optional<String> named(String step) {
    return Optional.of(step).filter(name -> !name.isEmpty());
  }
}
