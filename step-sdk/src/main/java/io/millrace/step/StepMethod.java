package io.millrace.step;

import io.millrace.Event;
import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.event.EventType;
import io.millrace.event.EventTypes;
import io.millrace.event.NotAnEventException;
import io.millrace.event.SealedTypes;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.IllegalNameException;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.TaskSourceKind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** One annotated method; every problem is noted, none ends the reading. */
final class StepMethod {
  private final Object target;
  private final Method method;
  private final Step step;
  private final String name;
  private final List<String> problems;
  private final int problemsBefore;

  StepMethod(Object target, Method method, List<String> problems) {
    this.target = target;
    this.method = method;
    this.step = method.getAnnotation(Step.class);
    this.name = name(method);
    this.problems = problems;
    this.problemsBefore = problems.size();
  }

  /** The step's name: the annotation's, else the method's. */
  static String name(Method method) {
    String given = method.getAnnotation(Step.class).name();
    return given.isEmpty() ? method.getName() : given;
  }

  /** Empty if there are problems. */
  Optional<StepDefinition> read() {
    checkName();
    if (Modifier.isPrivate(method.getModifiers())) {
      problem("the method is private; make it public");
    }
    boolean usesContext = checkParameters();
    Set<EventType> accepts = accepts();
    Set<EventType> emits = emits();
    Set<EventType> streams = events("streams", step.streams());
    if (step.concurrency() < 1) {
      problem("concurrency is " + step.concurrency() + "; the least is 1");
    }
    Optional<Duration> timeout = duration("timeout", step.timeout());
    if (timeout.isPresent() && timeout.get().isZero()) {
      problem("timeout is zero; leave it out for none");
    }
    Optional<RetryPolicy> retry = retry(step.retry());
    Optional<List<String>> reads = reads(usesContext);
    if (problems.size() > problemsBefore || retry.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StepDefinition(
            name,
            List.copyOf(accepts),
            List.copyOf(emits),
            List.copyOf(streams),
            step.concurrency(),
            timeout,
            retry.get(),
            usesContext,
            reads,
            TaskSourceKind.GROUP,
            MethodFunction.of(target, method, usesContext)));
  }

  private void checkName() {
    try {
      Namespace.checkStep(name);
    } catch (IllegalNameException e) {
      problem(e.getMessage() + "; name it with @Step(name = …)");
    }
  }

  private boolean checkParameters() {
    Class<?>[] types = method.getParameterTypes();
    if (types.length == 0) {
      problem("the method takes nothing; its first parameter is the event");
      return false;
    }
    if (types[0] == RunContext.class) {
      problem(
          types.length == 1
              ? "the method takes only a RunContext; its first parameter is the event"
              : "the RunContext comes first; put the event first and the RunContext second");
    } else if (types.length > 2 || types.length == 2 && types[1] != RunContext.class) {
      problem(
          "the method takes several events; joining them by parameters is not supported: accept a"
              + " sealed interface of them and use RunContext.collectEvents");
    } else if (Collection.class.isAssignableFrom(types[0])) {
      problem(
          "the method takes a "
              + types[0].getSimpleName()
              + "; joining a fan-out by a list parameter is not supported: accept the single event"
              + " and use RunContext.collectEvents");
    }
    return Stream.of(types).anyMatch(type -> type == RunContext.class);
  }

  private Set<EventType> accepts() {
    if (method.getParameterCount() == 0
        || method.getParameterTypes()[0] == RunContext.class
        || Collection.class.isAssignableFrom(method.getParameterTypes()[0])) {
      return Set.of();
    }
    Class<?> parameter = method.getParameterTypes()[0];
    boolean named = step.accepts().length > 0;
    if (!named && isOpen(parameter)) {
      problem(
          "accepts %s, which does not say which events; make it sealed, or name them with @Step(accepts = …)"
              .formatted(parameter.getName()));
      return Set.of();
    }
    Set<EventType> accepted =
        events("accepts", named ? step.accepts() : new Class<?>[] {parameter});
    for (EventType type : accepted) {
      if (!parameter.isAssignableFrom(type.javaClass())) {
        problem(
            "accepts %s, but its parameter is a %s; widen the parameter"
                .formatted(type.name(), parameter.getName()));
      }
      if (type.kind() == EventKind.STOP) {
        problem(
            "accepts %s, a stop event; it ends the run, so no step can follow it"
                .formatted(type.name()));
      }
    }
    return accepted;
  }

  private Set<EventType> emits() {
    Set<EventType> emitted = new LinkedHashSet<>();
    Class<?> returned = returnedEvent(method.getGenericReturnType());
    if (returned == void.class || returned == Void.class) {
      emitted.addAll(events("emits", step.emits()));
      return emitted;
    }
    if (isOpen(returned)) {
      if (step.emits().length == 0) {
        problem(
            "returns %s, which does not say which events; return the event, a sealed interface, or name them with @Step(emits = …)"
                .formatted(returned.getName()));
      }
    } else {
      emitted.addAll(events("returns", returned));
    }
    emitted.addAll(events("emits", step.emits()));
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

  /** A type that may hold events but does not say which. */
  private static boolean isOpen(Class<?> type) {
    return type == Object.class
        || type == SpecificRecord.class
        || type.isInterface() && !type.isSealed() && Event.class.isAssignableFrom(type);
  }

  private Set<EventType> events(String how, Class<?>... types) {
    Set<EventType> events = new LinkedHashSet<>();
    Stream.of(types)
        .flatMap(SealedTypes::concrete)
        .forEach(
            type -> {
              try {
                events.add(EventTypes.of(type));
              } catch (NotAnEventException | IllegalNameException e) {
                problem("%s %s: %s".formatted(how, type.getSimpleName(), e.getMessage()));
              }
            });
    return events;
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
