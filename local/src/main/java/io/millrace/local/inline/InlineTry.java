package io.millrace.local.inline;

import io.millrace.protocol.Effect;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.FailureKind;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.StepFailed;
import io.millrace.protocol.StepStarted;
import io.millrace.protocol.StepSuspended;
import io.millrace.step.StepRunner;
import io.millrace.step.TryResult;
import io.millrace.step.TryServices;
import io.millrace.worker.StepCatalog;
import io.millrace.worker.StreamRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One try of one execution. Effects and stream writes may come from threads of the step. */
final class InlineTry implements TryServices {
  private final StepRunner runner;
  private final InlineWork work;
  private final String tryId;
  private final String topic;
  private final StepCatalog catalog;
  private final Consumer<ProducerRecord<byte[], byte[]>> stream;
  private final StreamRecords records;
  private final List<Effect> effects = new ArrayList<>();
  private int streamed;
  private volatile boolean timedOut;

  InlineTry(
      StepRunner runner,
      InlineWork work,
      String tryId,
      String topic,
      StepCatalog catalog,
      Consumer<ProducerRecord<byte[], byte[]>> stream) {
    this.runner = runner;
    this.work = work;
    this.tryId = tryId;
    this.topic = topic;
    this.catalog = catalog;
    this.stream = stream;
    this.records = new StreamRecords(work.dispatch(), work.target(), tryId);
  }

  StepStarted started() {
    return new StepStarted(work.target().getToken(), InlineWorker.INCARNATION, tryId);
  }

  /** Runs the step's code; returns the body of a run input. */
  Object run() {
    Watchdog watchdog = Watchdog.over(runner.definition().timeout(), () -> timedOut = true);
    TryResult result;
    try {
      result = runner.run(work.dispatch(), work.target(), work.value(), this);
    } finally {
      watchdog.stop();
    }
    if (timedOut) {
      return timedOut(runner.definition().timeout().orElseThrow());
    }
    if (result instanceof TryResult.Failed failed) {
      return failed(failed);
    }
    if (result instanceof TryResult.Suspended wait) {
      return suspended(wait);
    }
    return new StepCompleted(
        work.target().getToken(), InlineWorker.INCARNATION, tryId, 0, 0L, effects, streamed);
  }

  private StepSuspended suspended(TryResult.Suspended wait) {
    return new StepSuspended(
        work.target().getToken(),
        InlineWorker.INCARNATION,
        tryId,
        wait.waiterId(),
        wait.eventType(),
        wait.requirements(),
        wait.timeout().map(Duration::toMillis).orElse(null),
        wait.prompt().orElse(null),
        streamed);
  }

  StepFailed timedOut(Duration after) {
    String message = "step %s did not end within %s".formatted(work.step(), after);
    return failed(
        new TryResult.Failed(FailureKind.TIMEOUT, new ErrorInfo("StepTimeout", message, ""), true));
  }

  private StepFailed failed(TryResult.Failed failed) {
    return new StepFailed(
        work.target().getToken(),
        InlineWorker.INCARNATION,
        tryId,
        failed.kind(),
        failed.error(),
        failed.retryable(),
        streamed);
  }

  @Override
  public synchronized void effect(Effect effect) {
    effects.add(effect);
  }

  @Override
  public synchronized void stream(String eventType, EventKind kind, byte[] value) {
    stream.accept(records.record(topic, streamed++, eventType, kind, value));
  }

  @Override
  public boolean isCancelled() {
    return timedOut;
  }

  @Override
  public void checkAccepts(String step, String eventType) {
    catalog.checkAccepts(step, eventType);
  }

  @Override
  public Optional<String> schemaName(String eventType) {
    return catalog.schemaName(eventType);
  }
}
