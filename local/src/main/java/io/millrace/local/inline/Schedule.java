package io.millrace.local.inline;

import java.util.List;

/** Decides what happens next, and what goes wrong. Not thread-safe. */
public interface Schedule {
  /** What the coordinator or a worker does next. */
  enum Move {
    /** The coordinator applies the next input. */
    APPLY,
    COMMIT,
    /** The coordinator is lost with everything since its last commit, and another goes on. */
    ROLL_BACK,
    /** A worker takes an execution. */
    WORK
  }

  /** How a worker fares with an execution. */
  enum Fate {
    DONE,
    /** It says that it has begun, then it is done. */
    ADOPTED,
    /** Two workers do it, each with a completion. */
    TWICE,
    /** It is done, and the record comes back nevertheless. */
    REDELIVERED,
    /** The worker is lost before its completion; it had not begun, as far as anybody knows. */
    LOST_UNSEEN,
    /** The worker is lost between its having begun and its completion. */
    LOST_BEFORE,
    /** The worker is lost right after its completion. */
    LOST_AFTER,
    /** The worker is given up after it had begun, and completes all the same. */
    GIVEN_UP
  }

  /**
   * One of the moves that are possible.
   *
   * @param possible not empty
   */
  Move move(List<Move> possible);

  /** Index of the execution to take. */
  int choose(List<InlineWork> works);

  Fate fate(InlineWork work);

  /** First in, first out, and nothing goes wrong. */
  static Schedule inOrder() {
    return new Schedule() {
      @Override
      public Move move(List<Move> possible) {
        return possible.contains(Move.COMMIT) ? Move.COMMIT : possible.get(0);
      }

      @Override
      public int choose(List<InlineWork> works) {
        return 0;
      }

      @Override
      public Fate fate(InlineWork work) {
        return Fate.DONE;
      }
    };
  }
}
