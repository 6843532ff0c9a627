package io.millrace;

/**
 * Nobody sent the event that the step waited for, within the time it gave. The step may catch this
 * and go on; otherwise its attempt fails with it (W6).
 */
public final class WaitTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String waiterId;

  /** For {@link RunContext#waitForEvent} to throw. */
  public WaitTimeoutException(String waiterId, String message) {
    super(message);
    this.waiterId = waiterId;
  }

  /** Of the wait that ended. */
  public String waiterId() {
    return waiterId;
  }
}
