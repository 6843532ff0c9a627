package io.millrace.test;

import io.millrace.CollectSpec;
import io.millrace.event.EventType;
import io.millrace.protocol.ErrorInfo;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepDefinitions;
import io.millrace.step.StepInput;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs one try of one step against a given context, on the calling thread.
 *
 * <pre>{@code
 * StepTest test = StepTester.of(new Synthesize())
 *     .withCollected(new QueryEvent("q"), new RetrieveEvent(List.of("n")))
 *     .run(new QueryEvent("q"));
 * assertEquals(List.of(new Answer("n")), test.returned());
 * }</pre>
 *
 * The step sees what it would see from a worker: events are encoded and decoded on the way in and
 * out. Immutable; each {@code with} returns a changed copy.
 */
public final class StepTester {
  private final List<StepDefinition> steps;
  private final TestContext context;

  private StepTester(List<StepDefinition> steps, TestContext context) {
    this.steps = steps;
    this.context = context;
  }

  /**
   * For the annotated steps of an object; {@link #run} chooses the one that accepts the event.
   *
   * @throws io.millrace.step.InvalidStepException if they are not valid steps
   */
  public static StepTester of(Object stepObject) {
    return new StepTester(StepDefinitions.of(stepObject), TestContext.first());
  }

  /** For a step built without annotations. */
  public static StepTester of(StepDefinition step) {
    return new StepTester(List.of(step), TestContext.first());
  }

  /**
   * Chooses a step by name, when several accept the event.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public StepTester step(String name) {
    List<StepDefinition> named = steps.stream().filter(step -> step.name().equals(name)).toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException("no step " + name + " here, only " + names(steps));
    }
    return new StepTester(named, context);
  }

  /** State as of the dispatch. */
  public StepTester withState(String key, Object value) {
    Map<String, Object> state = new LinkedHashMap<>(context.state());
    state.put(key, value);
    return with(context.withState(state));
  }

  /** The complete set of the default buffer, in the order that the step asks for. */
  public StepTester withCollected(Object... events) {
    return withCollectedIn(CollectSpec.DEFAULT_BUFFER, events);
  }

  /** The complete set of this buffer, in the order that the step asks for. */
  public StepTester withCollectedIn(String bufferId, Object... events) {
    Map<String, List<Object>> sets = new LinkedHashMap<>(context.sets());
    sets.put(bufferId, List.of(events));
    return with(context.withSets(sets));
  }

  /** The answer to the next {@code waitForEvent} without an id of its own, in program order. */
  public StepTester withAnswer(Object event) {
    return withAnswer("wait-" + context.answers().size(), event);
  }

  /** The answer to the {@code waitForEvent} with this id. */
  public StepTester withAnswer(String waiterId, Object event) {
    return withAnswers(waiterId, Optional.of(event));
  }

  /** The {@code waitForEvent} with this id, or {@code wait-0} and so on, has timed out. */
  public StepTester withTimedOutWait(String waiterId) {
    return withAnswers(waiterId, Optional.empty());
  }

  private StepTester withAnswers(String waiterId, Optional<Object> answer) {
    Map<String, Optional<Object>> answers = new LinkedHashMap<>(context.answers());
    answers.put(waiterId, answer);
    return with(context.withAnswers(answers));
  }

  /** First is 1. */
  public StepTester withAttempt(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt " + attempt + "; the first is 1");
    }
    return with(context.withAttempt(attempt));
  }

  /** Since the first attempt was dispatched. */
  public StepTester withElapsed(Duration elapsed) {
    return with(context.withElapsed(elapsed));
  }

  /** Of the attempt before. */
  public StepTester withLastError(Throwable error) {
    String message = error.getMessage();
    return with(
        context.withLastError(
            Optional.of(
                new ErrorInfo(error.getClass().getName(), message == null ? "" : message, ""))));
  }

  public StepTester withRunId(String runId) {
    return with(context.withRunId(runId));
  }

  public StepTester withWorkflow(String workflow) {
    return with(context.withWorkflow(workflow));
  }

  /** The run has ended meanwhile: {@code isCancelled()} is true. */
  public StepTester cancelled() {
    return with(context.withCancelled(true));
  }

  /**
   * Another step of the workflow, for {@code sendEvent(event, stepName)}; without any, every name
   * is taken to exist.
   */
  public StepTester withOtherStep(String name, Class<?>... accepts) {
    Map<String, List<Class<?>>> others = new LinkedHashMap<>(context.otherSteps());
    others.put(name, List.of(accepts));
    return with(context.withOtherSteps(others));
  }

  /**
   * Runs the step with this event. What the step throws is in {@link StepTest#failure()}.
   *
   * @throws IllegalArgumentException if none or several of the steps accept the event
   */
  public StepTest run(Object event) {
    StepDefinition step =
        only(
            event.getClass().getSimpleName(),
            each ->
                each.input() instanceof StepInput.Subtypes subtypes
                    ? subtypes.of().isInstance(event)
                    : each.input() instanceof StepInput.Single && accepts(each, event));
    return new TestTry(step, context).run(event);
  }

  /**
   * Runs the join with these events: a step with several event parameters with one of each, in
   * their order; a step that takes a list with the list, which may be empty.
   *
   * @throws IllegalArgumentException if none or several of the steps are joins of these events
   */
  public StepTest runJoin(Object... events) {
    List<Object> joined = List.of(events);
    List<? extends Class<?>> classes = joined.stream().map(Object::getClass).toList();
    StepDefinition step =
        only(
            "a set of " + classes.stream().map(Class::getSimpleName).toList(),
            each ->
                each.input() instanceof StepInput.AllOf all
                    ? all.types().stream().map(EventType::javaClass).toList().equals(classes)
                    : each.input() instanceof StepInput.FanOut
                        && joined.stream().allMatch(event -> accepts(each, event)));
    return new TestTry(step, context).runJoin(joined);
  }

  /**
   * Runs the failure handler of this step.
   *
   * @param event what the failed step was called with
   * @param error what it threw
   * @throws IllegalArgumentException if none or several of the steps handle failures of the step
   */
  public StepTest runFailure(String failedStep, Object event, Throwable error) {
    StepDefinition step =
        only(
            "a failure of step " + failedStep,
            each ->
                each.input() instanceof StepInput.Failure failure
                    && (failure.steps().contains(failedStep)
                        || failure.steps().contains(StepInput.Failure.ALL)));
    return new TestTry(step, context).runFailure(failedStep, event, error);
  }

  private static boolean accepts(StepDefinition step, Object event) {
    return step.accepts().stream().anyMatch(type -> type.javaClass() == event.getClass());
  }

  private StepDefinition only(String what, Predicate<StepDefinition> accepting) {
    List<StepDefinition> found = steps.stream().filter(accepting).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("none of the steps " + names(steps) + " accepts " + what);
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "%s is accepted by %s; choose one with step(name)".formatted(what, names(found)));
    }
    return found.get(0);
  }

  private StepTester with(TestContext changed) {
    return new StepTester(steps, changed);
  }

  private static List<String> names(List<StepDefinition> steps) {
    return steps.stream().map(StepDefinition::name).toList();
  }
}
