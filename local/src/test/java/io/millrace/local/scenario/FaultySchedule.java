package io.millrace.local.scenario;

import io.millrace.local.inline.InlineWork;
import io.millrace.local.inline.Schedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Everything that may happen on a cluster, by seed: events overtake each other, workers are lost,
 * records come twice, coordinators lose what they have not committed. Bounded, so that a run ends.
 */
final class FaultySchedule implements Schedule {
  private static final int FAULTS_OF_ONE_EXECUTION = 2;
  private static final int ROLL_BACKS = 40;

  private final Random random;
  private final boolean inOrder;
  private final Map<String, Integer> faults = new HashMap<>();
  private int rollBacks;

  /**
   * @param inOrder events do not overtake each other, and no worker is lost, which has the same
   *     effect
   */
  FaultySchedule(long seed, boolean inOrder) {
    this.random = new Random(seed);
    this.inOrder = inOrder;
  }

  @Override
  public Move move(List<Move> possible) {
    Move move = possible.get(random.nextInt(possible.size()));
    if (move == Move.ROLL_BACK && (rollBacks == ROLL_BACKS || random.nextInt(3) > 0)) {
      return Move.COMMIT;
    }
    if (move == Move.WORK && inOrder && possible.contains(Move.APPLY)) {
      // Work would overtake what the log has not had its turn for.
      return Move.APPLY;
    }
    rollBacks += move == Move.ROLL_BACK ? 1 : 0;
    return move;
  }

  @Override
  public int choose(List<InlineWork> works) {
    return inOrder ? 0 : random.nextInt(works.size());
  }

  @Override
  public Fate fate(InlineWork work) {
    Fate fate = random.nextInt(3) > 0 ? Fate.DONE : any();
    if (fate == Fate.DONE || fate == Fate.ADOPTED) {
      return fate;
    }
    String execution = work.runId() + "/" + work.executionId();
    return faults.merge(execution, 1, Integer::sum) <= FAULTS_OF_ONE_EXECUTION ? fate : Fate.DONE;
  }

  private Fate any() {
    Fate[] all =
        inOrder
            ? new Fate[] {Fate.ADOPTED, Fate.TWICE, Fate.REDELIVERED, Fate.LOST_AFTER}
            : Fate.values();
    return all[random.nextInt(all.length)];
  }
}
