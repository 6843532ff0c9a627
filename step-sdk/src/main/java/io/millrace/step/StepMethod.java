package io.millrace.step;

import io.millrace.Retry;
import io.millrace.Step;
import io.millrace.event.EventType;
import io.millrace.protocol.IllegalNameException;
import io.millrace.protocol.Namespace;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One annotated method; every problem is noted, none ends the reading. */
final class StepMethod {
  private final Object target;
  private final Method method;
  private final Step step;
  private final String name;
  private final List<String> problems;
  private final int problemsBefore;
  private final EventClasses classes;

  StepMethod(Object target, Method method, List<String> problems) {
    this.target = target;
    this.method = method;
    this.step = step(method);
    this.name = name(method);
    this.problems = problems;
    this.problemsBefore = problems.size();
    this.classes = new EventClasses(this::problem);
  }

  /** The step's name: the annotation's, else the method's. */
  static String name(Method method) {
    String given = step(method).name();
    return given.isEmpty() ? method.getName() : given;
  }

  /** A failure handler may do without the annotation; then it has the defaults. */
  private static Step step(Method method) {
    Step given = method.getAnnotation(Step.class);
    return given != null ? given : Defaults.STEP;
  }

  private static final class Defaults {
    static final Step STEP = Objects.requireNonNull(defaults().getAnnotation(Step.class));

    private static Method defaults() {
      try {
        return Defaults.class.getDeclaredMethod("annotated");
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("it is below", e);
      }
    }

    @Step
    static void annotated() {}
  }

  /** Empty if there are problems. */
  Optional<StepDefinition> read() {
    checkName();
    if (Modifier.isPrivate(method.getModifiers())) {
      problem("the method is private; make it public");
    }
    StepParameters parameters = new StepParameters(method, step, this::problem);
    parameters.read();
    if (parameters.input() instanceof StepInput.Failure failure && failure.steps().contains(name)) {
      problem("handles its own failures; leave it out of @CatchError(steps = …)");
    }
    Set<EventType> inLists = new LinkedHashSet<>();
    Set<EventType> emits = emits(inLists);
    classes.types("streams", step.streams());
    Set<EventType> waitsFor = classes.types("waits for", step.waitsFor());
    if (!waitsFor.isEmpty() && !parameters.usesContext()) {
      problem("declares what it waits for but takes no RunContext to wait with");
    }
    atLeastOne("concurrency", step.concurrency());
    atLeastOne("maxOpenPerRun", step.maxOpenPerRun());
    atLeastOne("maxLost", step.maxLost());
    Optional<Duration> timeout = duration("timeout", step.timeout());
    if (timeout.isPresent() && timeout.get().isZero()) {
      problem("timeout is zero; leave it out for none");
    }
    Optional<RetryPolicy> retry = retry(step.retry());
    Optional<List<String>> reads = reads(parameters.usesContext());
    if (problems.size() > problemsBefore || retry.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        StepDefinition.named(name)
            .input(parameters.input(), parameters.accepts())
            .emits(emits, inLists)
            .streams(step.streams())
            .waitsFor(step.waitsFor())
            .concurrency(step.concurrency())
            .maxOpenPerRun(step.maxOpenPerRun())
            .maxLost(step.maxLost())
            .timeout(timeout)
            .retry(retry.get())
            .usesContext(parameters.usesContext())
            .reads(reads)
            .build(
                MethodFunction.of(target, method, parameters.count(), parameters.usesContext())));
  }

  private void atLeastOne(String what, int value) {
    if (value < 1) {
      problem(what + " is " + value + "; the least is 1");
    }
  }

  private void checkName() {
    try {
      Namespace.checkStep(name);
    } catch (IllegalNameException e) {
      problem(e.getMessage() + "; name it with @Step(name = …)");
    }
  }

  /**
   * @param inLists filled with those that are returned in a list
   */
  private Set<EventType> emits(Set<EventType> inLists) {
    Set<EventType> declared = classes.types("emits", step.emits());
    Class<?> returned = returnedEvent(method.getGenericReturnType());
    if (returned == void.class || returned == Void.class) {
      return declared;
    }
    Set<EventType> emitted = new LinkedHashSet<>();
    if (!EventClasses.isOpen(returned)) {
      emitted.addAll(classes.types("returns", returned));
    } else if (step.emits().length == 0) {
      problem(
          "returns %s, which does not say which events; return the event, a sealed interface, or name them with @Step(emits = …)"
              .formatted(returned.getName()));
    }
    if (method.getReturnType() == List.class) {
      // Of an open element type whatever is declared may be in the list.
      inLists.addAll(emitted.isEmpty() ? declared : emitted);
    }
    emitted.addAll(declared);
    return emitted;
  }

  private Class<?> returnedEvent(Type type) {
    if (type instanceof Class<?> plain && plain != List.class && plain != Optional.class) {
      return plain;
    }
    if (type instanceof ParameterizedType generic
        && (generic.getRawType() == List.class || generic.getRawType() == Optional.class)
        && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
      return element;
    }
    problem(
        "returns %s; return an event, a sealed interface of events, List or Optional of these, or void"
            .formatted(type.getTypeName()));
    return void.class;
  }

  private Optional<Duration> duration(String what, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      problem(what + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<RetryPolicy> retry(Retry retry) {
    Optional<Duration> delay = duration("retry delay", retry.delay());
    try {
      return Optional.of(
          new RetryPolicy(
              retry.maxAttempts(),
              delay.orElse(Duration.ZERO),
              retry.multiplier(),
              duration("retry maxDelay", retry.maxDelay()),
              retry.jitter(),
              duration("retry maxElapsed", retry.maxElapsed()),
              List.of(retry.on()),
              List.of(retry.notOn())));
    } catch (IllegalArgumentException e) {
      problem("retry " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<List<String>> reads(boolean usesContext) {
    List<String> keys = List.of(step.reads());
    if (keys.equals(List.of("*"))) {
      return Optional.empty();
    }
    if (!usesContext) {
      problem("declares what state it reads but takes no RunContext to read it with");
    }
    return Optional.of(keys);
  }

  private void problem(String text) {
    problems.add(name + ": " + text);
  }
}
