package io.millrace.bench.jmh;

import static io.millrace.bench.jmh.Inputs.emit;
import static io.millrace.bench.jmh.Inputs.member;
import static io.millrace.coordinator.core.StepBuilder.step;

import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A workflow as the core knows it, and what its steps do.
 *
 * @param steps effects of an execution, made before anything is measured
 */
record ScriptedWorkflow(WorkflowGraph graph, Function<RunEffect.Target, List<StepEffect>> steps) {
  /** Three steps, one after the other. */
  static ScriptedWorkflow chain() {
    List<StepEffect> flour = List.of(emit("Flour"));
    List<StepEffect> dough = List.of(emit("Dough"));
    List<StepEffect> done = List.of(emit("Done"));
    return new ScriptedWorkflow(
        graph(
            step("grind").accepts("Begin").emits("Flour"),
            step("knead").accepts("Flour").emits("Dough"),
            step("bake").accepts("Dough").emits("Done")),
        target ->
            switch (target.step()) {
              case "grind" -> flour;
              case "knead" -> dough;
              default -> done;
            });
  }

  /** A step that returns a list of {@code width} events, one that takes each, and their join. */
  static ScriptedWorkflow fanOut(int width) {
    List<StepEffect> parts = new ArrayList<>();
    parts.add(new StepEffect.OpenFanOut(width));
    parts.addAll(Collections.nCopies(width, member("Part")));
    List<StepEffect> ground = List.of(emit("Ground"));
    List<StepEffect> done = List.of(emit("Done"));
    return new ScriptedWorkflow(
        graph(
            step("split").accepts("Begin").fansOut("Part"),
            step("grind").accepts("Part").emits("Ground").maxOpenPerRun(width),
            step("join").accepts("Ground").emits("Done").joinsFanOut(0)),
        target ->
            switch (target.step()) {
              case "split" -> parts;
              case "grind" -> ground;
              default -> done;
            });
  }

  /** {@code width} events of one type, and a step that waits for all of them. */
  static ScriptedWorkflow collecting(int width) {
    List<StepEffect> parts = Collections.nCopies(width, emit("Part"));
    List<StepEffect.TypeRun> all = List.of(new StepEffect.TypeRun("Part", width));
    List<StepEffect> waiting = List.of(new StepEffect.Collect("default", all, null, false));
    List<StepEffect> done =
        List.of(new StepEffect.Collect("default", all, null, true), emit("Done"));
    return new ScriptedWorkflow(
        graph(
            step("split").accepts("Begin").emits("Part"),
            step("collect").accepts("Part").emits("Done").maxOpenPerRun(width)),
        target -> target.step().equals("split") ? parts : target.sets().isEmpty() ? waiting : done);
  }

  private static WorkflowGraph graph(StepBuilder... steps) {
    return WorkflowGraph.of(
        Arrays.stream(steps).map(StepBuilder::build).toList(), Limits.ofDefaults());
  }
}
