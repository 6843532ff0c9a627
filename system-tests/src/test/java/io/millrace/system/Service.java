package io.millrace.system;

import io.millrace.examples.rag.Plan;
import io.millrace.examples.rag.Rank;
import io.millrace.examples.rag.Retrieve;
import io.millrace.examples.rag.Synthesize;
import io.millrace.system.tally.Gather;
import io.millrace.system.tally.Seal;
import io.millrace.system.tally.Unload;
import io.millrace.system.tally.Weigh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A step as it is deployed: what its containers run.
 *
 * @param name part of the names of its containers
 * @param arguments main class and what it is given
 * @param variables over those of all steps
 */
record Service(String name, List<String> arguments, Map<String, String> variables) {
  private static final String DOCUMENTS = "/app/docs";

  static final Service UNLOAD = of("unload", Unload.class);
  static final Service WEIGH = of("weigh", Weigh.class, "old");
  static final Service GATHER = of("gather", Gather.class);
  static final Service SEAL = of("seal", Seal.class);

  /** The workflow {@code tally}. */
  static final List<Service> TALLY = List.of(UNLOAD, WEIGH, GATHER, SEAL);

  /** The example {@code rag}. */
  static final List<Service> RAG =
      List.of(
          of("plan", Plan.class, DOCUMENTS),
          of("retrieve", Retrieve.class, DOCUMENTS),
          of("rank", Rank.class),
          of("synthesize", Synthesize.class));

  Service {
    arguments = List.copyOf(arguments);
    variables = Map.copyOf(variables);
  }

  static Service of(String name, Class<?> main, String... more) {
    List<String> arguments = new ArrayList<>(List.of(main.getName()));
    arguments.addAll(List.of(more));
    return new Service(name, arguments, Map.of());
  }

  /** The next version of {@link #WEIGH}; its containers say so in the state of each run. */
  static Service newWeigh() {
    return new Service(
        "weigh-new", List.of(Weigh.class.getName(), "new"), Map.of("MILLRACE_VERSION", "2"));
  }
}
