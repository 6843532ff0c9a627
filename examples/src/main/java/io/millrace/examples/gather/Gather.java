package io.millrace.examples.gather;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for all sacks; they come in any order. */
public final class Gather {
  @Step
  public @Nullable Receipt gather(Weighed weighed, RunContext context) {
    return context
        .collectEvents(weighed, Collections.nCopies(weighed.of(), Weighed.class))
        .map(all -> receipt(all.list(Weighed.class)))
        .orElse(null);
  }

  private static Receipt receipt(List<Weighed> all) {
    List<Integer> kilos =
        all.stream()
            .sorted(Comparator.comparingInt(Weighed::number))
            .map(Weighed::netKilos)
            .toList();
    return new Receipt(kilos.stream().mapToInt(k -> k).sum(), kilos);
  }

  public static void main(String[] args) {
    StepWorker.of("gather", new Gather()).run();
  }
}
