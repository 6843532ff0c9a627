package io.millrace.coordinator.metrics;

/**
 * What is open of one step in one task.
 *
 * @param waiting dispatched, and neither ended nor adopted
 * @param running adopted by a worker
 * @param oldestMillis since when the oldest of {@code waiting} waits; {@link Long#MAX_VALUE}: none
 */
public record StepLoad(int waiting, int running, long oldestMillis) {
  /** Nothing. */
  public static final StepLoad NONE = new StepLoad(0, 0, Long.MAX_VALUE);

  /** One that waits. */
  public static StepLoad waiting(long sinceMillis) {
    return new StepLoad(1, 0, sinceMillis);
  }

  /** One that runs. */
  public static StepLoad runs() {
    return new StepLoad(0, 1, Long.MAX_VALUE);
  }

  /** Both together. */
  public StepLoad plus(StepLoad more) {
    return new StepLoad(
        waiting + more.waiting, running + more.running, Math.min(oldestMillis, more.oldestMillis));
  }
}
