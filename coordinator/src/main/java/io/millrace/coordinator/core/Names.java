package io.millrace.coordinator.core;

import org.jspecify.annotations.Nullable;

/** Names that become names of topics (law 19). The same rules as those of the protocol's topics. */
final class Names {
  private static final int LONGEST_RUN_ID = 100;
  private static final int LONGEST_PART = 80;
  private static final String RESERVED = "stream";

  private Names() {}

  /** What is wrong with it, in words; null: nothing. The same for the other two. */
  static @Nullable String runId(String runId) {
    return problem("run id", runId, LONGEST_RUN_ID);
  }

  static @Nullable String workflow(String workflow) {
    return problem("workflow", workflow, LONGEST_PART);
  }

  static @Nullable String eventType(String type) {
    if (type.equals(RESERVED)) {
      return "event type 'stream' is reserved for run streams; choose another name";
    }
    if (type.equals(Recovery.EVENT_TYPE)) {
      return "event type '" + type + "' is the coordinator's own; nobody else may send one";
    }
    return problem("event type", type, LONGEST_PART);
  }

  private static @Nullable String problem(String what, String name, int longest) {
    boolean good = !name.isEmpty() && name.length() <= longest && isAlphanumeric(name.charAt(0));
    for (int i = 1; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good = isAlphanumeric(c) || c == '_' || c == '-';
    }
    if (good) {
      return null;
    }
    String shown = name.length() <= longest ? name : name.substring(0, longest) + "...";
    return what
        + " '"
        + shown
        + "' is not allowed: use 1 to "
        + longest
        + " of A-Z a-z 0-9 _ - and begin with a letter or digit";
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
