package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.InvalidStartException;
import io.millrace.UnknownWorkflowException;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.RetryPolicy;
import io.millrace.protocol.StepRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class WorkflowCatalogTest {
  private static final Duration BRIEF = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final WorkflowCatalog catalog = new WorkflowCatalog();

  @Test
  void R2_the_start_type_is_accepted() {
    catalog.register(step("rag", "ask", 1, "Ask"));
    catalog.complete();

    assertThatCode(() -> catalog.requireStart("rag", "Ask", BRIEF)).doesNotThrowAnyException();
    assertThat(catalog.onlyStart("rag", BRIEF).getType()).isEqualTo("Ask");
  }

  @Test
  void R2_another_start_type_is_refused_at_once_naming_the_accepted() {
    catalog.register(step("rag", "ask", 1, "Ask"));
    catalog.complete();

    assertThatThrownBy(() -> catalog.requireStart("rag", "Question", LONG))
        .isInstanceOfSatisfying(
            InvalidStartException.class, e -> assertThat(e.accepted()).containsExactly("Ask"))
        .hasMessage("workflow rag starts with [Ask], not with Question");
  }

  @Test
  void R2_an_unknown_workflow_is_refused_after_the_wait_naming_the_known() {
    catalog.register(step("rag", "ask", 1, "Ask"));
    catalog.complete();

    assertThatThrownBy(() -> catalog.requireStart("rga", "Ask", BRIEF))
        .isInstanceOfSatisfying(
            UnknownWorkflowException.class, e -> assertThat(e.known()).containsExactly("rag"))
        .hasMessageContaining("rga")
        .hasMessageContaining("known: rag");
  }

  @Test
  void R2_a_workflow_that_registers_meanwhile_is_accepted() {
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(() -> catalog.requireStart("rag", "Ask", LONG));

    catalog.register(step("rag", "ask", 1, "Ask"));

    assertThat(asking).succeedsWithin(LONG);
  }

  @Test
  void R2_without_a_wait_a_workflow_is_unknown_only_once_all_registrations_are_read() {
    CompletableFuture<Void> known =
        CompletableFuture.runAsync(() -> catalog.requireStart("rag", "Ask", Duration.ZERO));
    CompletableFuture<Void> unknown =
        CompletableFuture.runAsync(() -> catalog.requireStart("rga", "Ask", Duration.ZERO));

    catalog.register(step("rag", "ask", 1, "Ask"));
    assertThat(known).succeedsWithin(LONG);
    assertThat(unknown).isNotDone();
    catalog.complete();

    assertThat(unknown)
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(UnknownWorkflowException.class);
  }

  @Test
  void R2_what_a_workflow_starts_with_is_judged_only_once_all_registrations_are_read() {
    catalog.register(step("doors", "knock", 1, "Knock"));
    CompletableFuture<Void> ring =
        CompletableFuture.runAsync(() -> catalog.requireStart("doors", "Ring", Duration.ZERO));
    CompletableFuture<EventDeclaration> only =
        CompletableFuture.supplyAsync(() -> catalog.onlyStart("doors", Duration.ZERO));

    assertThatThrownBy(() -> only.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(ring).isNotDone();
    catalog.register(step("doors", "ring", 1, "Ring"));
    catalog.complete();

    assertThat(ring).succeedsWithin(LONG);
    assertThat(only)
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(InvalidStartException.class)
        .withMessageContaining("several start types, [Knock, Ring]");
  }

  @Test
  void the_highest_version_of_a_step_counts_in_whatever_order_they_come() {
    catalog.register(step("rag", "ask", 2, "Ask2"));
    catalog.register(step("rag", "ask", 1, "Ask"));
    catalog.complete();

    assertThat(catalog.list(LONG).get(0).startTypes()).containsExactly("Ask2");
  }

  @Test
  void a_withdrawn_step_is_gone_and_its_workflow_with_the_last_one() {
    catalog.register(step("rag", "ask", 1, "Ask"));
    catalog.remove("rag/ask");
    catalog.complete();

    assertThat(catalog.list(LONG)).isEmpty();
  }

  private static StepRegistration step(String workflow, String step, int version, String start) {
    return StepRegistration.newBuilder()
        .setWorkflow(workflow)
        .setStep(step)
        .setVersion(version)
        .setAccepts(
            List.of(new EventDeclaration(start, EventKind.START, "\"string\"", false, List.of())))
        .setEmits(List.of())
        .setConcurrency(1)
        .setRetry(RetryPolicy.newBuilder().build())
        .setGroupId("g")
        .setRegisteredAt(Instant.EPOCH)
        .build();
  }
}
