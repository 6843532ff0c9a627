package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.RunHandle;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import io.millrace.examples.progress.Main;
import io.millrace.examples.progress.Order;
import io.millrace.examples.progress.Pack;
import io.millrace.examples.progress.Packed;
import io.millrace.examples.progress.Working;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example {@code progress} with its step {@code grind} in Node.js, which knows of Millrace what
 * docs/protocol.md says, beside {@code pack} in Java.
 */
@OnStack
class AnyLanguageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Service PACK = Service.of("pack", Pack.class);

  @TempDir Path logs = Path.of("");
  private int started;

  @Test
  @Tag("smoke")
  @Tag("full")
  void a_step_in_node_and_a_step_in_java_make_one_run(Stack stack) throws Exception {
    Node.require();
    stack.fleet().scale(PACK, 1);
    Process grind = startGrind(stack);
    try (WorkflowClient client = stack.client()) {
      RunHandle<Packed> run = client.start(Main.WORKFLOW, new Order(3));

      assertThat(working(run))
          .containsExactly(
              new Working("grind", 1, 3),
              new Working("grind", 2, 3),
              new Working("grind", 3, 3),
              new Working("pack", 1, 3),
              new Working("pack", 2, 3),
              new Working("pack", 3, 3));
      assertThat(run.result(PATIENCE)).isEqualTo(new Packed(3));
    } finally {
      Node.stop(grind);
      stack.fleet().scale(PACK, 0);
    }
  }

  @Test
  @Tag("full")
  void F1_what_a_killed_step_in_node_had_begun_is_done_by_another_copy(Stack stack)
      throws Exception {
    Node.require();
    stack.fleet().scale(PACK, 1);
    Process killed = startGrind(stack);
    Process other = null;
    try (WorkflowClient client = stack.client()) {
      RunHandle<Packed> run = client.start(Main.WORKFLOW, new Order(10));
      assertThat(run.streamEvents().iterator().next().as(Working.class))
          .isEqualTo(new Working("grind", 1, 10));
      killed.destroyForcibly().waitFor();
      other = startGrind(stack);

      assertThat(run.result(PATIENCE)).isEqualTo(new Packed(10));
      assertThat(working(run)).hasSize(20); // the first copy's are superseded
    } finally {
      Node.stop(killed);
      if (other != null) {
        Node.stop(other);
      }
      stack.fleet().scale(PACK, 0);
    }
  }

  private Process startGrind(Stack stack) throws Exception {
    Path log = logs.resolve("grind-" + ++started + ".log");
    Process process =
        Node.start(
            Map.of(
                "MILLRACE_BOOTSTRAP_SERVERS", stack.cluster().outside(),
                "MILLRACE_SCHEMA_REGISTRY_URL", stack.cluster().registryOutside()),
            log,
            "node",
            "grind.mjs");
    await("that grind takes work")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(Files.readString(log)).isTrue())
        .until(() -> Files.readString(log).contains("Ready. workflow=progress"));
    return process;
  }

  /** What the steps streamed, in order, after a try that was given up is forgotten. */
  private static List<Working> working(RunHandle<Packed> run) {
    List<Working> seen = new ArrayList<>();
    for (StreamedEvent event : run.streamEvents()) {
      if (event.is(Working.class)) {
        seen.add(event.as(Working.class));
      } else if (event.kind() == StreamedEvent.Kind.ATTEMPT_RESTARTED) {
        seen.removeIf(each -> each.step().equals(event.step()));
      }
    }
    return seen;
  }
}
