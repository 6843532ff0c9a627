package io.millrace.local;

import io.millrace.RunInspection;
import io.millrace.WorkflowException;
import java.util.ArrayList;
import java.util.List;

/**
 * A local run has not ended and nothing will happen in it any more, unless somebody sends it an
 * event. The message says what it waits for.
 */
public final class RunWaitsForOutsideException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  RunWaitsForOutsideException(RunInspection run) {
    super(
        "run %s is %s and waits for an event from outside%s; send it with sendEvent before asking for the result"
            .formatted(run.runId(), run.status(), waitsFor(run)));
  }

  private static String waitsFor(RunInspection run) {
    List<String> found = new ArrayList<>();
    run.prompts().forEach(prompt -> found.add("its prompt " + prompt.eventType() + " is open"));
    run.waiters()
        .forEach(waiter -> found.add("step " + waiter.step() + " waits for " + waiter.eventType()));
    run.executions().forEach(open -> found.add("step " + open.step() + " is " + open.phase()));
    run.buffers()
        .forEach(
            buffer ->
                found.add(
                    "step %s has collected %s and lacks %s"
                        .formatted(buffer.step(), buffer.holds(), buffer.lacks())));
    return found.isEmpty() ? "" : " (" + String.join(", ", found) + ")";
  }
}
