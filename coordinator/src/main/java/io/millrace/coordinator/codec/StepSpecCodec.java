package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.StepSpec;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.RetryPolicy;
import io.millrace.protocol.StepRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the core needs of a step's registration. Thread-safe. */
public final class StepSpecCodec {
  private static final Message<StepRegistration> MESSAGE = Message.of(StepRegistration.class);

  private StepSpecCodec() {}

  /**
   * @throws UnreadableRecordException for whatever is not a registration
   */
  public static StepRegistration decode(byte @Nullable [] bytes) {
    return MESSAGE.decode(bytes);
  }

  public static StepSpec spec(StepRegistration r) {
    return new StepSpec(
        r.getWorkflow(),
        r.getStep(),
        r.getVersion(),
        kinds(r.getAccepts()),
        kinds(r.getEmits()),
        retry(r.getRetry()),
        r.getUsesState(),
        r.getReads(),
        r.getMaxOpenPerRun(),
        r.getMaxLost(),
        r.getCatches(),
        r.getMaxRecoveries());
  }

  private static Map<String, EventKind> kinds(List<EventDeclaration> declarations) {
    Map<String, EventKind> kinds = new TreeMap<>();
    declarations.forEach(d -> kinds.put(d.getType(), EventKind.valueOf(d.getKind().name())));
    return kinds;
  }

  private static StepSpec.RetryPolicy retry(RetryPolicy r) {
    return new StepSpec.RetryPolicy(
        r.getMaxAttempts(),
        Duration.ofMillis(r.getDelayMillis()),
        r.getMultiplier(),
        Values.millis(r.getMaxDelayMillis()),
        r.getJitter(),
        Values.millis(r.getMaxElapsedMillis()));
  }
}
