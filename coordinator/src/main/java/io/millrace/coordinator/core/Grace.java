package io.millrace.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts that take their time, so that deploy order does not matter (law 14): about a start
 * without a workflow, events without a step, and a run in which nothing happens any more (R6).
 */
final class Grace {
  static final String GRACE = "grace";

  private static final Duration REVIEW = Duration.ofSeconds(1);

  private final LiveRun run;
  private final Routing routing;
  private final Ending ending;

  Grace(LiveRun run, Routing routing, Ending ending) {
    this.run = run;
    this.routing = routing;
    this.ending = ending;
  }

  void due() {
    run.dropTimer(GRACE);
    run.graceDue = null;
    if (!run.admitted) {
      Admission.review(run, Admission.start(run));
    }
    if (run.admitted && !run.over()) {
      routing.reviewParked();
    }
    if (!run.over() && stuck(run)) {
      Instant since = run.quietSince == null ? run.now() : run.quietSince;
      if (!run.now().isBefore(since.plus(run.turn.limits().grace()))) {
        ending.stalled();
      }
    }
  }

  /** After every transition: is there anything to come back to, and when? */
  void arrange() {
    if (active(run)) {
      run.quietSince = null;
    } else if (run.quietSince == null) {
      run.quietSince = run.now();
    }
    Duration wanted = wanted();
    if (wanted == null) {
      if (run.graceDue != null) {
        run.dropTimer(GRACE);
        run.graceDue = null;
      }
    } else if (run.graceDue == null || run.now().plus(wanted).isBefore(run.graceDue)) {
      run.graceDue = run.setTimer(GRACE, wanted);
    }
  }

  private @Nullable Duration wanted() {
    Duration grace = run.turn.limits().grace();
    if (!run.admitted || run.parked > 0) {
      return REVIEW.compareTo(grace) < 0 ? REVIEW : grace;
    }
    if (stuck(run) && run.quietSince != null) {
      Duration left = grace.minus(Duration.between(run.quietSince, run.now()));
      return left.isNegative() ? Duration.ZERO : left;
    }
    return null;
  }

  /** Whether an execution is open that does not merely wait for an event. */
  static boolean active(LiveRun run) {
    return run.open > run.suspended;
  }

  /** Whether the run can only go on if the outside says something. */
  static boolean waits(LiveRun run) {
    Standing standing = Standing.of(run.admitted, run.open, run.suspended, run.parked, run.prompts);
    return standing.waits(run.settings.workflow(), run.turn.graph());
  }

  private static boolean stuck(LiveRun run) {
    return run.admitted && !active(run) && run.parked == 0 && !waits(run);
  }
}
