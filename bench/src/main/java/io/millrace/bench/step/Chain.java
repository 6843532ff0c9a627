package io.millrace.bench.step;

import io.millrace.Event;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;

/** Chains of steps that pass on what they get: three steps, or five. */
public final class Chain {
  /** With the rest of an event, 200 bytes on the wire. */
  public static final String CARGO = "x".repeat(190);

  public static final ChainFlow THREE =
      ChainFlow.of("chain3", First.class, Second.class, EndOfThree.class);

  public static final ChainFlow FIVE =
      ChainFlow.of("chain5", First.class, Second.class, Third.class, Fourth.class, EndOfFive.class);

  private Chain() {}

  public record Begin(long number, String cargo) implements StartEvent {}

  public record Leg1(long number, String cargo) implements Event {}

  public record Leg2(long number, String cargo) implements Event {}

  public record Leg3(long number, String cargo) implements Event {}

  public record Leg4(long number, String cargo) implements Event {}

  public record Done(long number, String cargo) implements StopEvent {}

  public static final class First {
    @Step
    public Leg1 first(Begin begin) {
      return new Leg1(begin.number(), begin.cargo());
    }
  }

  public static final class Second {
    @Step
    public Leg2 second(Leg1 leg) {
      return new Leg2(leg.number(), leg.cargo());
    }
  }

  public static final class Third {
    @Step
    public Leg3 third(Leg2 leg) {
      return new Leg3(leg.number(), leg.cargo());
    }
  }

  public static final class Fourth {
    @Step
    public Leg4 fourth(Leg3 leg) {
      return new Leg4(leg.number(), leg.cargo());
    }
  }

  public static final class EndOfThree {
    @Step
    public Done end(Leg2 leg) {
      return new Done(leg.number(), leg.cargo());
    }
  }

  public static final class EndOfFive {
    @Step
    public Done end(Leg4 leg) {
      return new Done(leg.number(), leg.cargo());
    }
  }
}
