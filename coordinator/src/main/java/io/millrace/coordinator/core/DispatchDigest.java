package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunEffect.CaughtFailure;
import io.millrace.coordinator.core.RunEffect.CollectedSet;
import io.millrace.coordinator.core.RunEffect.WaitAnswer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The digest in a token: over everything that one execution is given (law 1). */
final class DispatchDigest {
  private final Fingerprint fingerprint = new Fingerprint();

  private DispatchDigest() {}

  /** Never 0, which stands for "not sent out". */
  static long of(
      Event event,
      Map<String, VersionedValue> state,
      List<CollectedSet> sets,
      List<WaitAnswer> answers,
      @Nullable List<Event> joined,
      @Nullable CaughtFailure failure) {
    DispatchDigest digest = new DispatchDigest();
    digest.event(event);
    digest.state(new TreeMap<>(state));
    digest.sets(sets);
    digest.answers(answers);
    digest.joined(joined);
    digest.failure(failure);
    long first8 = digest.fingerprint.first8();
    return first8 == 0 ? 1 : first8;
  }

  private void event(Event event) {
    fingerprint.add(event.id()).add(event.type()).add(event.value());
  }

  private void state(Map<String, VersionedValue> state) {
    fingerprint.add(state.size());
    state.forEach((key, value) -> value(key, value));
  }

  private void value(String key, VersionedValue versioned) {
    fingerprint.add(key).add(versioned.version());
    StateValue value = versioned.value();
    if (value instanceof StateValue.Whole whole) {
      fingerprint.add("whole").add(whole.value());
    } else if (value instanceof StateValue.Decimal decimal) {
      fingerprint.add("decimal").add(Double.doubleToLongBits(decimal.value()));
    } else if (value instanceof StateValue.Opaque opaque) {
      fingerprint.add("opaque").add(opaque.value());
    } else if (value instanceof StateValue.Many many) {
      fingerprint.add("many").add(many.values().size());
      many.values().forEach(fingerprint::add);
    }
  }

  private void sets(List<CollectedSet> sets) {
    fingerprint.add(sets.size());
    for (CollectedSet set : sets) {
      fingerprint.add(set.bufferId()).add(set.events().size());
      set.events().forEach(this::event);
    }
  }

  private void joined(@Nullable List<Event> joined) {
    fingerprint.add(joined == null ? -1 : joined.size());
    if (joined != null) {
      joined.forEach(this::event);
    }
  }

  private void failure(@Nullable CaughtFailure failure) {
    fingerprint.add(failure == null ? 0 : 1);
    if (failure != null) {
      ErrorInfo error = failure.error();
      fingerprint.add(failure.step()).add(error.type()).add(error.message()).add(error.stack());
      fingerprint.add(failure.attempts()).add(failure.elapsed().toMillis());
      event(failure.event());
    }
  }

  private void answers(List<WaitAnswer> answers) {
    fingerprint.add(answers.size());
    for (WaitAnswer answer : answers) {
      fingerprint.add(answer.waiterId()).add(answer.event() == null ? 0 : 1);
      if (answer.event() != null) {
        event(answer.event());
      }
    }
  }
}
