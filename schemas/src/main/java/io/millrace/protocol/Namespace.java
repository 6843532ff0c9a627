package io.millrace.protocol;

import java.util.regex.Pattern;

/**
 * The topics of one namespace, and the rules for names (law 19). Kafka treats {@code .} and {@code
 * _} alike in metric names and refuses topics that collide, so no name here may contain a dot: the
 * dot separates the parts of a topic's name. Immutable and thread-safe.
 *
 * @param name the namespace; the product's default is {@code millrace}
 */
public record Namespace(String name) {
  public static final String DEFAULT = "millrace";
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,79}");
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final String STREAM = "stream";

  public Namespace {
    checkPart("namespace", name);
  }

  /** The run log: every input of every run, key = run id. */
  public String runs() {
    return name + ".runs";
  }

  public String steps() {
    return name + ".steps";
  }

  public String workers() {
    return name + ".workers";
  }

  public String cancels() {
    return name + ".cancels";
  }

  public String outcomes() {
    return name + ".outcomes";
  }

  public String replies() {
    return name + ".replies";
  }

  public String facts() {
    return name + ".facts";
  }

  public String deadLetters() {
    return name + ".dead-letters";
  }

  /** The topic of one event type of one workflow. */
  public String events(String workflow, String eventType) {
    return name + "." + workflow + "." + eventType;
  }

  /** The topic of one run's stream. */
  public String stream(String workflow, String runId) {
    return name + "." + workflow + "." + STREAM + "." + runId;
  }

  /** What every stream topic of this workflow begins with. */
  public String streamPrefix(String workflow) {
    return name + "." + workflow + "." + STREAM + ".";
  }

  /** Consumer or share group of a step. */
  public String group(String workflow, String step) {
    return name + "." + workflow + "." + step;
  }

  /**
   * Whether {@code topic} is an event topic of this namespace: exactly namespace, workflow, event
   * type.
   */
  public boolean isEventTopic(String topic) {
    if (!topic.startsWith(name + ".")) {
      return false;
    }
    String rest = topic.substring(name.length() + 1);
    int dot = rest.indexOf('.');
    return dot > 0 && rest.indexOf('.', dot + 1) < 0;
  }

  /** Whether {@code topic} is some run's stream in this namespace. */
  public boolean isStreamTopic(String topic) {
    String[] parts = topic.split("\\.", -1);
    return parts.length == 4 && parts[0].equals(name) && parts[2].equals(STREAM);
  }

  /**
   * Returns {@code workflow} if it may name a workflow.
   *
   * @throws IllegalNameException otherwise
   */
  public static String checkWorkflow(String workflow) {
    return checkPart("workflow", workflow);
  }

  /** As {@link #checkWorkflow}, for a step. */
  public static String checkStep(String step) {
    return checkPart("step", step);
  }

  /** As {@link #checkWorkflow}, for an event type; {@code stream} is reserved. */
  public static String checkEventType(String eventType) {
    if (eventType.equals(STREAM)) {
      throw new IllegalNameException(
          "event type", eventType, "the name is reserved for run streams; choose another");
    }
    return checkPart("event type", eventType);
  }

  /** As {@link #checkWorkflow}, for a run id. */
  public static String checkRunId(String runId) {
    if (!RUN_ID.matcher(runId).matches()) {
      throw new IllegalNameException(
          "run id", runId, "use 1 to 100 of A-Z a-z 0-9 _ - and begin with a letter or digit");
    }
    return runId;
  }

  private static String checkPart(String what, String name) {
    if (!PART.matcher(name).matches()) {
      throw new IllegalNameException(
          what, name, "use 1 to 80 of A-Z a-z 0-9 _ - and begin with a letter or digit");
    }
    return name;
  }
}
