package io.millrace.system.tally;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for all sacks; they come in any order. */
public final class Gather {
  @Step
  public @Nullable Gathered gather(Weighed weighed, RunContext context) {
    return context
        .collectEvents(weighed, Collections.nCopies(weighed.of(), Weighed.class))
        .map(all -> gathered(all.list(Weighed.class), context))
        .orElse(null);
  }

  private static Gathered gathered(List<Weighed> all, RunContext context) {
    context.state().increment("gathered", 1);
    return new Gathered(
        all.stream().mapToLong(Weighed::kilos).sum(),
        all.stream().map(Weighed::number).sorted().toList());
  }

  public static void main(String[] args) {
    StepWorker.of("tally", new Gather()).run();
  }
}
