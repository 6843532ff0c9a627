package io.millrace.coordinator.simulation;

import java.util.Arrays;

/** Something happened that must not. */
final class LawBroken extends AssertionError {
  private static final long serialVersionUID = 1;

  LawBroken(String message) {
    super(message);
  }

  /**
   * @param about put into words only when needed
   */
  static void unless(boolean holds, String what, Object... about) {
    if (!holds) {
      throw new LawBroken(what + ": " + Arrays.toString(about));
    }
  }
}
