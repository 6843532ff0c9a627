package io.millrace.coordinator.simulation;

/**
 * How often each fault strikes in this history. Most are rare, some are absent, a few rage: the mix
 * finds more than an average of all.
 */
final class Weather {
  private static final int[] RATES = {0, 60, 20, 6};

  private final int[] oneIn = new int[Fault.values().length];
  private boolean calm;

  Weather(Choices choices) {
    for (Fault fault : Fault.values()) {
      oneIn[fault.ordinal()] = RATES[choices.source("weather " + fault).below(RATES.length)];
    }
  }

  /** 0: never. */
  int oneIn(Fault fault) {
    return calm ? 0 : oneIn[fault.ordinal()];
  }

  /** From now on nothing goes wrong any more. */
  void calmDown() {
    calm = true;
  }

  boolean calm() {
    return calm;
  }
}
