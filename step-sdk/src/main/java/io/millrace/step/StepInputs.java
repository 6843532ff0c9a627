package io.millrace.step;

import io.millrace.StepFailedEvent;
import io.millrace.event.EventCodec;
import io.millrace.event.EventType;
import io.millrace.event.UnreadableEventException;
import io.millrace.protocol.CaughtFailure;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.EventData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from a dispatch what a step is called with. Thread-safe. */
final class StepInputs {
  private final StepDefinition step;
  private final EventCodec codec;
  private final Map<String, EventType> accepted = new HashMap<>();

  StepInputs(StepDefinition step, EventCodec codec) {
    this.step = step;
    this.codec = codec;
    step.accepts().forEach(type -> accepted.put(type.name(), type));
  }

  /**
   * @throws UnreadableEventException if there is nothing that this step can be called with
   */
  Object read(Dispatch dispatch, DispatchTarget target, byte[] value, TryServices services) {
    List<EventData> joined = target.getJoined();
    CaughtFailure failure = target.getFailure();
    if (step.input() instanceof StepInput.AllOf all) {
      return set(all.types(), given(joined, "a set of events"));
    }
    if (step.input() instanceof StepInput.FanOut) {
      return members(given(joined, "the events of a fan-out"));
    }
    if (step.input() instanceof StepInput.Failure) {
      return caught(given(failure, "a failure"));
    }
    if (joined != null || failure != null) {
      throw otherVersion("a single event", joined != null ? "a set of events" : "a failure");
    }
    if (step.input() instanceof StepInput.Subtypes subtypes) {
      String schema = services.schemaName(dispatch.getEventType()).orElse("");
      return codec.decode(
          value, SubtypeClasses.find(subtypes.of(), dispatch.getEventType(), schema));
    }
    return codec.decode(value, acceptedType(dispatch.getEventType()));
  }

  private List<Object> set(List<EventType> types, List<EventData> events) {
    List<String> names = types.stream().map(EventType::name).toList();
    List<String> came = events.stream().map(EventData::getType).toList();
    if (!names.equals(came)) {
      throw otherVersion("a set of " + names, "one of " + came);
    }
    List<Object> set = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      set.add(codec.decode(EventBytes.of(events.get(i)), types.get(i)));
    }
    return List.copyOf(set);
  }

  private List<Object> members(List<EventData> events) {
    List<Object> members = new ArrayList<>(events.size());
    for (EventData event : events) {
      members.add(codec.decode(EventBytes.of(event), acceptedType(event.getType())));
    }
    return List.copyOf(members);
  }

  private StepFailedEvent caught(CaughtFailure failure) {
    return new StepFailedEvent(
        failure.getStep(),
        new CaughtEvent(failure.getEvent().getType(), EventBytes.of(failure.getEvent()), codec),
        failure.getError().getType(),
        failure.getError().getMessage(),
        failure.getError().getStack(),
        failure.getAttempts(),
        Duration.ofMillis(failure.getElapsedMillis()));
  }

  private <T> T given(@Nullable T what, String wanted) {
    if (what == null) {
      throw otherVersion(wanted, "a single event");
    }
    return what;
  }

  /** While versions overlap another worker may be the right one, so trying again may help (S10). */
  private UnreadableEventException otherVersion(String wanted, String came) {
    return new UnreadableEventException(
        "step %s is called with %s in this version, but was dispatched %s; is another version of it registered?"
            .formatted(step.name(), wanted, came),
        true,
        null);
  }

  private EventType acceptedType(String name) {
    EventType type = accepted.get(name);
    if (type == null) {
      throw new UnreadableEventException(
          "step %s was given a %s, which this version of it does not accept; it accepts %s"
              .formatted(
                  step.name(),
                  name,
                  accepted.keySet().stream().sorted().collect(Collectors.joining(", "))),
          false,
          null);
    }
    return type;
  }
}
