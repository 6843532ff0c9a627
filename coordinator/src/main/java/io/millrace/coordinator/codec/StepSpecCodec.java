package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.StepSpec;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.JoinDeclaration;
import io.millrace.protocol.JoinKind;
import io.millrace.protocol.RetryPolicy;
import io.millrace.protocol.StepRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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
        r.getMaxRecoveries(),
        fanOuts(r.getEmits()),
        supertypes(r),
        r.getAcceptsSubtypes(),
        join(r.getJoin()),
        new TreeSet<>(r.getWaitsFor()));
  }

  private static Set<String> fanOuts(List<EventDeclaration> emits) {
    Set<String> types = new TreeSet<>();
    emits.stream().filter(EventDeclaration::getFanOut).forEach(e -> types.add(e.getType()));
    return types;
  }

  private static Map<String, List<String>> supertypes(StepRegistration r) {
    Map<String, List<String>> supertypes = new TreeMap<>();
    Stream.concat(r.getAccepts().stream(), r.getEmits().stream())
        .filter(e -> !e.getSupertypes().isEmpty())
        .forEach(e -> supertypes.put(e.getType(), e.getSupertypes()));
    return supertypes;
  }

  private static StepSpec.@Nullable Join join(@Nullable JoinDeclaration join) {
    if (join == null) {
      return null;
    }
    if (join.getKind() == JoinKind.FAN_OUT) {
      Integer take = join.getTake();
      return new StepSpec.Join.OverFanOut(take == null ? 0 : take);
    }
    return new StepSpec.Join.AllOf(
        Values.list(join.getTypes(), type -> new StepEffect.TypeRun(type, 1)));
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
