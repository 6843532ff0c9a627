package io.millrace.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** What was started did not come up in time; the message says what, and where to look. */
final class NotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private NotReadyException(String message) {
    super(message);
  }

  static NotReadyException steps(String workflow, Set<String> missing, Duration limit) {
    return new NotReadyException(
        "after "
            + limit.toSeconds()
            + " s these steps of "
            + workflow
            + " have not registered: "
            + String.join(", ", missing)
            + ". Their logs say why; the folder is named above.");
  }

  /**
   * @param last what it answered last, or why it did not
   */
  static NotReadyException http(URI asked, String last, Duration limit) {
    return new NotReadyException(
        "after %d s %s is not ready (%s). The coordinator's log says why; the folder is named above."
            .formatted(limit.toSeconds(), asked, last));
  }
}
