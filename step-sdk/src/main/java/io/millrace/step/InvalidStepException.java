package io.millrace.step;

import java.util.List;

/** Steps that cannot be run as they are written; the message lists every problem of them. */
public final class InvalidStepException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> problems;

  InvalidStepException(String where, List<String> problems) {
    super(
        where
            + (problems.size() == 1
                ? " has a problem:"
                : " has %d problems:".formatted(problems.size()))
            + "\n - "
            + String.join("\n - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each says which step, what is wrong and what to do. */
  public List<String> problems() {
    return problems;
  }
}
