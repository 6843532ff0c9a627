package io.millrace.step;

import io.millrace.CatchError;
import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepFailedEvent;
import io.millrace.StopEvent;
import io.millrace.Take;
import io.millrace.event.EventType;
import io.millrace.protocol.EventKind;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a method takes, and so how its step is called.
 *
 * <pre>
 * (E)                    single events; sealed E: each that it permits; subtypes = true: open E
 * (A, B, ...)            a set of one event each                                          (C6)
 * (List&lt;E&gt;)              a fan-out                                                        (C7)
 * (StepFailedEvent)      with @CatchError: the failures of other steps                    (E4)
 * ... , RunContext)      after any of these
 * </pre>
 */
final class StepParameters {
  private final Method method;
  private final Step step;
  private final @Nullable CatchError handler;
  private final Consumer<String> problem;
  private final EventClasses classes;
  private final List<Class<?>> events = new ArrayList<>();
  private final Set<EventType> accepts = new LinkedHashSet<>();
  private StepInput input = new StepInput.Single();
  private boolean usesContext;

  StepParameters(Method method, Step step, Consumer<String> problem) {
    this.method = method;
    this.step = step;
    this.handler = method.getAnnotation(CatchError.class);
    this.problem = problem;
    this.classes = new EventClasses(problem);
  }

  StepInput input() {
    return input;
  }

  Set<EventType> accepts() {
    return accepts;
  }

  /** How many parameters take events. */
  int count() {
    return events.size();
  }

  boolean usesContext() {
    return usesContext;
  }

  void read() {
    if (!order()) {
      return;
    }
    if (handler != null || events.contains(StepFailedEvent.class)) {
      failure();
    } else if (events.size() > 1) {
      allOf();
    } else if (Collection.class.isAssignableFrom(events.get(0))) {
      fanOut();
    } else if (step.subtypes()) {
      subtypes(events.get(0));
    } else {
      single(events.get(0), false);
    }
    boolean list = events.size() == 1 && Collection.class.isAssignableFrom(events.get(0));
    if (method.isAnnotationPresent(Take.class) && !list) {
      problem.accept("has @Take, which is for a step that takes a List of events; leave it out");
    }
    if (step.subtypes() && (handler != null || list || events.size() > 1)) {
      problem.accept("subtypes is for a step that takes one event interface that is not sealed");
    }
    for (EventType type : accepts) {
      if (type.kind() == EventKind.STOP) {
        problem.accept(
            "accepts %s, a stop event; it ends the run, so no step can follow it"
                .formatted(type.name()));
      }
    }
  }

  private boolean order() {
    List<Class<?>> types = List.of(method.getParameterTypes());
    usesContext = types.contains(RunContext.class);
    types.stream().filter(type -> type != RunContext.class).forEach(events::add);
    if (types.isEmpty()) {
      problem.accept("the method takes nothing; its first parameter is the event");
      return false;
    }
    if (events.isEmpty()) {
      problem.accept("the method takes only a RunContext; its first parameter is the event");
      return false;
    }
    if (types.get(0) == RunContext.class) {
      problem.accept("the RunContext comes first; put the event first and the RunContext last");
      return false;
    }
    if (usesContext && types.indexOf(RunContext.class) != types.size() - 1) {
      problem.accept("the RunContext is not the last parameter; put it after the events");
      return false;
    }
    return true;
  }

  private void failure() {
    if (handler == null) {
      problem.accept("takes a StepFailedEvent; annotate the method with @CatchError");
      return;
    }
    if (!events.equals(List.of(StepFailedEvent.class)) || step.accepts().length > 0) {
      problem.accept(
          "handles failures, so it takes a StepFailedEvent and nothing else but a RunContext");
      return;
    }
    accepts.add(ReservedTypes.FAILURE);
    try {
      input = new StepInput.Failure(List.of(handler.steps()), handler.maxRecoveries());
    } catch (IllegalArgumentException e) {
      problem.accept(String.valueOf(e.getMessage()));
    }
  }

  private void allOf() {
    if (step.accepts().length > 0) {
      problem.accept("joins the events of its parameters; leave accepts out");
    }
    List<EventType> types = new ArrayList<>();
    for (Class<?> each : events) {
      if (Collection.class.isAssignableFrom(each)) {
        problem.accept(
            "joins a %s and other events; a fan-out is joined by one List alone"
                .formatted(each.getSimpleName()));
      } else if (each.isSealed() || EventClasses.isOpen(each)) {
        problem.accept(
            "joins %s, which is not one exact event; name the event, or take the single events and use RunContext.collectEvents"
                .formatted(each.getName()));
      } else {
        types.addAll(classes.types("joins", each));
      }
    }
    accepts.addAll(types);
    if (types.size() == events.size()) {
      input = new StepInput.AllOf(types);
    }
  }

  private void fanOut() {
    Type given = method.getGenericParameterTypes()[0];
    if (given instanceof ParameterizedType generic
        && generic.getRawType() == List.class
        && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
      Optional<Integer> take =
          Optional.ofNullable(method.getAnnotation(Take.class)).map(Take::value);
      try {
        input = new StepInput.FanOut(take);
      } catch (IllegalArgumentException e) {
        problem.accept(String.valueOf(e.getMessage()));
      }
      single(element, true);
    } else {
      problem.accept(
          "takes %s; to join a fan-out take a List of an event or of a sealed interface of events"
              .formatted(given.getTypeName()));
    }
  }

  private void subtypes(Class<?> type) {
    if (!EventClasses.isOpenInterface(type) || type == Event.class || type == StopEvent.class) {
      problem.accept(
          "subtypes is for an event interface that is not sealed, not for %s; leave it out, or take an interface of your own"
              .formatted(type.getName()));
    } else if (step.accepts().length > 0) {
      problem.accept("accepts all subtypes of its parameter; leave accepts or subtypes out");
    } else {
      accepts.add(ReservedTypes.of(type));
      input = new StepInput.Subtypes(type);
    }
  }

  private void single(Class<?> type, boolean inList) {
    boolean named = step.accepts().length > 0;
    if (!named && EventClasses.isOpen(type)) {
      problem.accept(
          "accepts %s, which does not say which events; make it sealed, or name them with @Step(accepts = …)"
              .formatted(type.getName()));
      return;
    }
    accepts.addAll(classes.types("accepts", named ? step.accepts() : new Class<?>[] {type}));
    for (EventType accepted : accepts) {
      if (!type.isAssignableFrom(accepted.javaClass())) {
        problem.accept(
            "accepts %s, but its parameter is a %s; widen the parameter"
                .formatted(accepted.name(), inList ? "List of " + type.getName() : type.getName()));
      }
    }
  }
}
