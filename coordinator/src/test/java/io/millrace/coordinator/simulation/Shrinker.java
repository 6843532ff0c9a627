package io.millrace.coordinator.simulation;

import io.millrace.coordinator.simulation.Choices.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing history small: takes decisions back, in large pieces first, for as long as it
 * still fails. What is left is told as a story.
 */
final class Shrinker {
  private static final int MOST_TRIES = 20_000;

  /** A small history that fails, in its own words. */
  record Shrunk(long seed, Map<Decision, Integer> decisions, List<String> story, Throwable cause) {
    AssertionError asError() {
      return new AssertionError(
          "with -Dmillrace.seed="
              + seed
              + " -Dmillrace.simulations=1, shrunk to "
              + decisions.size()
              + " decisions:\n  "
              + decisions
              + "\n"
              + String.join("\n", story)
              + "\n"
              + cause.getMessage(),
          cause);
    }
  }

  private final Rules.Maker rules;
  private int tries;

  private Shrinker(Rules.Maker rules) {
    this.rules = rules;
  }

  static Shrunk shrink(long seed, Rules.Maker rules) {
    Shrinker shrinker = new Shrinker(rules);
    Map<Decision, Integer> made = Choices.nothing();
    shrinker.failure(Choices.recorded(seed, made), Trace.off());
    Map<Decision, Integer> small = shrinker.smaller(made);
    Trace trace = Trace.on();
    Throwable cause = shrinker.failure(Choices.scripted(small, Choices.nothing()), trace);
    if (cause == null) {
      throw new IllegalStateException("seed " + seed + " does not fail when it is lived again");
    }
    return new Shrunk(seed, small, trace.lines(), cause);
  }

  private Map<Decision, Integer> smaller(Map<Decision, Integer> decisions) {
    Map<Decision, Integer> best = decisions;
    for (int piece = Math.max(1, best.size() / 2); piece > 0 && tries < MOST_TRIES; ) {
      Map<Decision, Integer> less = without(best, piece);
      if (less.size() < best.size()) {
        best = less;
        piece = Math.max(1, Math.min(piece, best.size() / 2));
      } else {
        piece /= 2;
      }
    }
    return lower(best);
  }

  /** One pass over all pieces of this size. */
  private Map<Decision, Integer> without(Map<Decision, Integer> decisions, int piece) {
    Map<Decision, Integer> best = decisions;
    List<Decision> all = new ArrayList<>(decisions.keySet());
    for (int i = all.size(); i > 0 && tries < MOST_TRIES; i -= piece) {
      Map<Decision, Integer> less = new LinkedHashMap<>(best);
      less.keySet().removeAll(all.subList(Math.max(0, i - piece), i));
      Map<Decision, Integer> made = made(less);
      if (made != null) {
        best = made;
      }
    }
    return best;
  }

  private Map<Decision, Integer> lower(Map<Decision, Integer> decisions) {
    Map<Decision, Integer> best = decisions;
    for (Decision decision : List.copyOf(decisions.keySet())) {
      int value = best.getOrDefault(decision, 0);
      for (int lower = 1; lower < value && tries < MOST_TRIES; lower = lower * 4 + 1) {
        Map<Decision, Integer> less = new LinkedHashMap<>(best);
        less.put(decision, lower);
        Map<Decision, Integer> made = made(less);
        if (made != null) {
          best = made;
          break;
        }
      }
    }
    return best;
  }

  /** What of these decisions a history that fails really asked for; null: it does not fail. */
  private @Nullable Map<Decision, Integer> made(Map<Decision, Integer> decisions) {
    tries++;
    Map<Decision, Integer> made = Choices.nothing();
    return failure(Choices.scripted(decisions, made), Trace.off()) == null ? null : made;
  }

  private @Nullable Throwable failure(Choices choices, Trace trace) {
    try {
      new World(choices, rules, trace, new Visited()).live();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}
