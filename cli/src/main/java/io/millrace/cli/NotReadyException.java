package io.millrace.cli;

import java.time.Duration;
import java.util.Set;

/** Steps did not come up in time; the message says which, and where to look. */
final class NotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotReadyException(String workflow, Set<String> missing, Duration limit) {
    super(
        "after "
            + limit.toSeconds()
            + " s these steps of "
            + workflow
            + " have not registered: "
            + String.join(", ", missing)
            + ". Their logs say why; the folder is named above.");
  }
}
