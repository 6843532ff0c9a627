package io.millrace.system;

import java.util.Set;
import java.util.TreeSet;

/** What an audit finds wrong. What an audit before it has reported is left out. */
final class Findings {
  private final Set<String> reported;
  private final Set<String> found = new TreeSet<>();

  /**
   * @param reported what is known already; what is thrown is added to it
   */
  Findings(Set<String> reported) {
    this.reported = reported;
  }

  /** Of the same wrong thing always the same words: no counts that change. */
  void add(String problem) {
    if (!isKnown(problem)) {
      found.add(problem);
    }
  }

  boolean isKnown(String problem) {
    return reported.contains(problem);
  }

  /**
   * @throws AssertionError naming all, unless there is nothing
   */
  void assertNone(int runs) {
    if (!found.isEmpty()) {
      reported.addAll(found);
      throw new AssertionError(
          "%d problems after %d runs:%n%s".formatted(found.size(), runs, String.join("\n", found)));
    }
  }
}
