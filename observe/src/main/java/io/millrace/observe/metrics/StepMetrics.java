package io.millrace.observe.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.observe.ObservedTry.End;
import io.millrace.observe.StepSlots;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** Meters of one step in one process, found once and then only used. Thread-safe. */
public final class StepMetrics {
  private final Counter[] attempts;
  private final Timer duration;
  private final Timer delay;
  private final Counter streamed;
  private final Set<StepSlots> slots = ConcurrentHashMap.newKeySet();

  StepMetrics(MeterRegistry registry, String workflow, String step) {
    Tags tags = Tags.of("workflow", workflow, "step", step);
    attempts =
        Arrays.stream(End.values())
            .map(
                end ->
                    Counter.builder("millrace.step.attempts")
                        .description("Attempts that have ended, by how")
                        .tags(tags.and("end", end.name().toLowerCase(Locale.ROOT)))
                        .register(registry))
            .toArray(Counter[]::new);
    duration =
        Timer.builder("millrace.step.attempt")
            .description("How long the step's code ran")
            .tags(tags)
            .register(registry);
    delay =
        Timer.builder("millrace.step.dispatch.delay")
            .description("From the coordinator's dispatch to the begin of the step's code")
            .tags(tags)
            .register(registry);
    streamed =
        Counter.builder("millrace.stream.events")
            .description("Events that attempts wrote to streams")
            .tags(tags)
            .register(registry);
    gauge(registry, "millrace.step.slots", "Attempts that may run at once", tags, StepSlots::size);
    gauge(registry, "millrace.step.slots.taken", "Attempts that run", tags, StepSlots::taken);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      Tags tags,
      ToIntFunction<StepSlots> what) {
    Gauge.builder(name, slots, all -> all.stream().mapToInt(what).sum())
        .strongReference(true)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /** These slots are there now. */
  public void open(StepSlots more) {
    slots.add(more);
  }

  /** These are there no longer. */
  public void close(StepSlots gone) {
    slots.remove(gone);
  }

  /** An attempt begins, so long after it was dispatched, by two clocks. */
  public void begun(long delayMillis) {
    delay.record(Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
  }

  /** The code of an attempt has returned. */
  public void returned(long nanos) {
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** An attempt has ended. */
  public void ended(End end, int streamedEvents) {
    attempts[end.ordinal()].increment();
    if (streamedEvents > 0) {
      streamed.increment(streamedEvents);
    }
  }
}
