package io.millrace.coordinator.simulation;

import java.util.List;

/** Something that holds after every input. */
interface Law {
  void check(Step step);

  /** Some remember what they saw, so that each history has its own. */
  static List<Law> all() {
    return List.of(
        new EndLaw(),
        new ExecutionLaw(),
        new EffectLaw(),
        new AccountLaw(),
        new BufferLaw(),
        new FanOutLaw(),
        new OrderLaw(),
        new RecoveryLaw(),
        new OutsideLaw(),
        new TimerLaw(),
        new DispatchLaw(),
        new PlaceLaw(),
        new DisregardLaw());
  }
}
