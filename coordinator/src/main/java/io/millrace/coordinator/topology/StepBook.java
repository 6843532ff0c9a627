package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.StepSpecCodec;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.StepSpec;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All registered steps, the highest version of each (law 14), as the graph that the core sees. One
 * thread writes, any may read.
 */
public final class StepBook implements Supplier<WorkflowGraph> {
  private static final Logger LOG = LoggerFactory.getLogger(StepBook.class);

  /** What is registered, by {@link #key}, and what the core sees of it. */
  private record Page(NavigableMap<String, StepRegistration> steps, WorkflowGraph graph) {}

  private volatile Page page;

  /** A book whose workflows start whatever their problems are. */
  public StepBook(Limits limits) {
    this(limits, false);
  }

  /**
   * @param soundOnly whether starts of a workflow that has problems are refused (S9)
   */
  public StepBook(Limits limits, boolean soundOnly) {
    this.page = new Page(new TreeMap<>(), WorkflowGraph.of(List.of(), limits, soundOnly));
  }

  @Override
  public WorkflowGraph get() {
    return page.graph();
  }

  /** Null when no such step is registered. */
  public @Nullable StepRegistration registration(String workflow, String step) {
    return page.steps().get(key(workflow, step));
  }

  /** The registered steps of a workflow, by name; none for one that nobody has registered. */
  public List<StepRegistration> registrations(String workflow) {
    return List.copyOf(of(page.steps(), workflow).values());
  }

  /**
   * Reads one record of the steps topic. A record without a value takes the step out.
   *
   * @throws io.millrace.coordinator.codec.UnreadableRecordException for garbage
   * @throws io.millrace.protocol.IllegalNameException for names that cannot be in topics
   * @return the registration that is new to the graph, else null
   */
  public @Nullable StepRegistration read(byte @Nullable [] key, byte @Nullable [] value) {
    NavigableMap<String, StepRegistration> steps = new TreeMap<>(page.steps());
    if (value == null && key != null) {
      String gone = new String(key, StandardCharsets.UTF_8);
      StepRegistration withdrawn = steps.remove(gone);
      if (withdrawn != null) {
        LOG.info("step withdrawn key={}", gone);
        publish(steps, withdrawn.getWorkflow());
      }
      return null;
    }
    StepRegistration step = checked(StepSpecCodec.decode(value));
    String name = key(step.getWorkflow(), step.getStep());
    StepRegistration before = steps.get(name);
    if (before != null && before.getVersion() > step.getVersion()) {
      return null;
    }
    steps.put(name, step);
    publish(steps, step.getWorkflow());
    if (before == null || before.getVersion() < step.getVersion()) {
      LOG.info(
          "step registered workflow={} step={} version={}",
          step.getWorkflow(),
          step.getStep(),
          step.getVersion());
    }
    return step;
  }

  private void publish(NavigableMap<String, StepRegistration> steps, String changed) {
    List<StepSpec> specs = of(steps, changed).values().stream().map(StepSpecCodec::spec).toList();
    page = new Page(steps, page.graph().with(changed, specs));
  }

  private static NavigableMap<String, StepRegistration> of(
      NavigableMap<String, StepRegistration> steps, String workflow) {
    // "0" comes right after "/": these are the keys that begin with the workflow and a slash.
    return steps.subMap(workflow + "/", true, workflow + "0", false);
  }

  private static StepRegistration checked(StepRegistration step) {
    Namespace.checkWorkflow(step.getWorkflow());
    Namespace.checkStep(step.getStep());
    step.getAccepts().forEach(event -> Namespace.checkEventType(event.getType()));
    step.getEmits().forEach(event -> Namespace.checkEventType(event.getType()));
    return step;
  }

  private static String key(String workflow, String step) {
    return workflow + "/" + step;
  }
}
