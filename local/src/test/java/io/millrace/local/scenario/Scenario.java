package io.millrace.local.scenario;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A promise and how to see that it holds: steps, and a script of what happens to them from outside
 * and what must come of it. Immutable; each execution gets steps of its own.
 *
 * @param name a sentence that begins with the id of the row it proves, as test methods are named
 * @param steps objects with steps, or step definitions; fresh at each call
 * @param inOrder events arrive in the order in which they were emitted: what the script expects
 *     depends on it
 * @param notOn where it cannot be played, and why
 */
record Scenario(
    String name, Supplier<List<?>> steps, Script script, boolean inOrder, Map<On, String> notOn) {
  /** The executors. */
  enum On {
    /** The rules alone, each transition made twice and all entries written and read back. */
    CORE,
    /** The rules alone, with everything going wrong that may, by seed. */
    SIMULATOR,
    /** The coordinator's Streams topology in its test driver. */
    TOPOLOGY,
    /** What users test with. */
    LOCAL_WORKFLOW,
    /** Broker, coordinator, worker and client as they are. */
    BROKER
  }

  @FunctionalInterface
  interface Script {
    void play(Stage stage) throws Exception;
  }

  /** A scenario that plays on every executor. */
  static Scenario of(String name, Supplier<List<?>> steps, Script script) {
    return new Scenario(name, steps, script, false, Map.of());
  }

  boolean playsOn(On executor) {
    return !notOn.containsKey(executor);
  }

  Scenario whereEventsArriveInOrder() {
    return new Scenario(name, steps, script, true, notOn);
  }

  /**
   * @param why for whoever reads of the scenario: half a sentence
   */
  Scenario notOn(String why, On... executors) {
    if (why.isBlank()) {
      throw new IllegalArgumentException(name + ": say why it cannot be played there");
    }
    Map<On, String> more = new EnumMap<>(On.class);
    more.putAll(notOn);
    for (On executor : executors) {
      more.put(executor, why);
    }
    return new Scenario(name, steps, script, inOrder, more);
  }
}
