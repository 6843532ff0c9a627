package io.millrace.bench.jmh;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepEffect;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What clients and workers write to the run log; every event has 200 bytes. */
final class Inputs {
  private static final Bytes VALUE = Bytes.wrap(new byte[200]);

  private Inputs() {}

  static RunInput.StartRun start() {
    return new RunInput.StartRun(
        new Request("request-1", 0),
        StepBuilder.WORKFLOW,
        new Event("start", "Begin", EventKind.START, VALUE, null),
        null,
        false,
        false,
        Map.of(),
        List.of());
  }

  static RunInput.StepCompleted completed(
      RunEffect.Target target, Function<RunEffect.Target, List<StepEffect>> steps) {
    return new RunInput.StepCompleted(
        target.token(), "worker-1", "worker-1-1", 0, 0, steps.apply(target), 0);
  }

  static StepEffect emit(String type) {
    return new StepEffect.Emit(event(type), null, false);
  }

  static StepEffect member(String type) {
    return new StepEffect.Emit(event(type), null, true);
  }

  private static Event event(String type) {
    EventKind kind = type.equals("Done") ? EventKind.STOP : EventKind.EVENT;
    return new Event("to-be-given", type, kind, VALUE, null);
  }
}
