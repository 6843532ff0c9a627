package io.millrace.bench.step;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.bench.step.Chain.Begin;
import io.millrace.bench.step.Chain.Done;
import io.millrace.bench.step.Chain.Leg1;
import io.millrace.bench.step.Chain.Leg2;

/**
 * The chain of three steps, each of which reads ten keys of the run's state and writes them. Every
 * step checks that it sees what those before it wrote.
 */
public final class StateChain {
  public static final ChainFlow FLOW =
      ChainFlow.of("state3", FirstWithState.class, SecondWithState.class, EndWithState.class);

  private static final int KEYS = 10;

  private StateChain() {}

  public static final class FirstWithState {
    @Step
    public Leg1 first(Begin begin, RunContext context) {
      keep(context, 0);
      return new Leg1(begin.number(), begin.cargo());
    }
  }

  public static final class SecondWithState {
    @Step
    public Leg2 second(Leg1 leg, RunContext context) {
      keep(context, 1);
      return new Leg2(leg.number(), leg.cargo());
    }
  }

  public static final class EndWithState {
    @Step
    public Done end(Leg2 leg, RunContext context) {
      keep(context, 2);
      return new Done(leg.number(), leg.cargo());
    }
  }

  private static void keep(RunContext context, long before) {
    for (int key = 0; key < KEYS; key++) {
      String name = "key" + key;
      long kept = context.state().get(name, Long.class).orElse(0L);
      if (kept != before) {
        throw new IllegalStateException(
            "%s is %d where %d was written".formatted(name, kept, before));
      }
      context.state().set(name, kept + 1);
    }
  }
}
