package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.RunFixture;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.VersionedValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The effects of one try. Everything in them names the execution and the try, so that what happened
 * can be told from what the outside sees.
 */
final class Work {
  /** Counts completions; one more with each. */
  static final String TOTAL = "total";

  /** Names completions; one more with each. */
  static final String LOG = "log";

  /** Written by updates only. */
  static final String COUNTER = "counter";

  /** Names updates. */
  static final String UPDATES = "updates";

  private Work() {}

  static List<StepEffect> effects(Plan.Complete plan, Parcel parcel, String tryId) {
    String tag = parcel.target.token().executionId() + "/" + tryId;
    List<StepEffect> effects = new ArrayList<>();
    boolean given = !parcel.target.sets().isEmpty();
    if (!plan.collects().isEmpty()) {
      effects.add(
          new StepEffect.Collect(
              "default", RunFixture.runs(plan.collects().toArray(String[]::new)), null, given));
    }
    effects.add(new StepEffect.IncrementState(TOTAL, new Whole(1)));
    effects.add(new StepEffect.AppendState(LOG, bytes(tag)));
    if (plan.other() == 1) {
      effects.add(new StepEffect.SetState("key", new Whole(parcel.sequence)));
    } else if (plan.other() == 2) {
      effects.add(new StepEffect.RemoveState("key"));
    }
    if (plan.update()) {
      VersionedValue seen = parcel.state.get(COUNTER);
      long count = seen != null && seen.value() instanceof Whole whole ? whole.value() : 0;
      long version = seen == null ? 0 : seen.version();
      effects.add(new StepEffect.UpdateState(COUNTER, version, new Whole(count + 1)));
      effects.add(new StepEffect.AppendState(UPDATES, bytes(tag)));
    }
    int index = 0;
    for (String type : plan.emits()) {
      effects.add(new StepEffect.Emit(event(tag + "/" + index++, type), null, false));
    }
    if (plan.members() != null) {
      effects.add(new StepEffect.OpenFanOut(plan.members().size()));
      for (String type : plan.members()) {
        effects.add(new StepEffect.Emit(event(tag + "/" + index++, type), null, true));
      }
    }
    return effects;
  }

  static Event event(String value, String type) {
    return new Event("not-unique", type, RunFixture.kindOf(type), bytes(value), null);
  }

  static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Bytes bytes) {
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }
}
