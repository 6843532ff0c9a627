package io.millrace.step;

import io.millrace.event.EventInterfaces;
import io.millrace.event.EventType;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.JoinDeclaration;
import io.millrace.protocol.JoinKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker tells the coordinator of its steps. */
public final class StepRegistrations {
  private StepRegistrations() {}

  /**
   * The registration of a step, as of now.
   *
   * @param version the highest registered version of a step is the one in the graph
   */
  public static StepRegistration of(
      StepDefinition step, String workflow, int version, Namespace namespace) {
    return StepRegistration.newBuilder()
        .setWorkflow(Namespace.checkWorkflow(workflow))
        .setStep(step.name())
        .setVersion(version)
        .setAccepts(declarations(step.accepts(), List.of()))
        .setEmits(declarations(step.emits(), step.fanOuts()))
        .setStreams(declarations(step.streams(), List.of()))
        .setAcceptsSubtypes(step.input() instanceof StepInput.Subtypes)
        .setCatches(failure(step).map(StepInput.Failure::steps).orElse(List.of()))
        .setMaxRecoveries(failure(step).map(StepInput.Failure::maxRecoveries).orElse(1))
        .setJoin(join(step))
        .setWaitsFor(names(step.waitsFor()))
        .setConcurrency(step.concurrency())
        .setMaxOpenPerRun(step.maxOpenPerRun())
        .setMaxLost(step.maxLost())
        .setTimeoutMillis(millis(step.timeout()))
        .setRetry(retry(step.retry()))
        .setUsesState(step.usesContext())
        .setReads(step.reads().orElse(null))
        .setTaskSource(step.taskSource())
        .setGroupId(namespace.group(workflow, step.name()))
        .setRegisteredAt(Instant.now())
        .build();
  }

  private static Optional<StepInput.Failure> failure(StepDefinition step) {
    return step.input() instanceof StepInput.Failure failure
        ? Optional.of(failure)
        : Optional.empty();
  }

  private static @Nullable JoinDeclaration join(StepDefinition step) {
    if (step.input() instanceof StepInput.AllOf all) {
      return new JoinDeclaration(JoinKind.ALL_OF, names(all.types()), null);
    }
    if (step.input() instanceof StepInput.FanOut fanOut) {
      return new JoinDeclaration(
          JoinKind.FAN_OUT, names(step.accepts()), fanOut.take().orElse(null));
    }
    return null;
  }

  private static List<String> names(List<EventType> types) {
    return types.stream().map(EventType::name).toList();
  }

  private static List<EventDeclaration> declarations(
      List<EventType> types, List<EventType> fanOuts) {
    return types.stream()
        .map(
            type ->
                new EventDeclaration(
                    type.name(),
                    type.kind(),
                    type.schema().toString(),
                    fanOuts.contains(type),
                    EventInterfaces.of(type.javaClass())))
        .toList();
  }

  private static io.millrace.protocol.RetryPolicy retry(RetryPolicy policy) {
    return new io.millrace.protocol.RetryPolicy(
        policy.maxAttempts(),
        policy.delay().toMillis(),
        policy.multiplier(),
        millis(policy.maxDelay()),
        policy.jitter(),
        millis(policy.maxElapsed()));
  }

  private static @Nullable Long millis(Optional<Duration> duration) {
    return duration.map(Duration::toMillis).orElse(null);
  }
}
