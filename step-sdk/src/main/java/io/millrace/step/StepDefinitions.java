package io.millrace.step;

import io.millrace.CatchError;
import io.millrace.Step;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the {@link Step} and {@link CatchError} methods of an object, once, before anything runs.
 */
public final class StepDefinitions {
  private StepDefinitions() {}

  /**
   * The steps of this object, inherited ones included, by name.
   *
   * @throws InvalidStepException if there is none, or anything is wrong with any of them; the
   *     message lists all that is wrong
   */
  public static List<StepDefinition> of(Object stepObject) {
    Class<?> type = stepObject.getClass();
    if (stepObject instanceof Class<?> given) {
      throw new InvalidStepException(
          given.getName(), List.of("a class was given; give an object of it: new …()"));
    }
    List<String> problems = new ArrayList<>();
    List<StepDefinition> steps = new ArrayList<>();
    Map<String, Method> byName = new HashMap<>();
    for (Method method : annotated(type)) {
      new StepMethod(stepObject, method, problems).read().ifPresent(steps::add);
      String name = StepMethod.name(method);
      Method other = byName.putIfAbsent(name, method);
      if (other != null) {
        problems.add(
            "%s: there are two steps of this name; give one another with @Step(name = …)"
                .formatted(name));
      }
    }
    if (byName.isEmpty()) {
      problems.add("no method is annotated with @Step; annotate the one that handles the event");
    }
    if (!problems.isEmpty()) {
      throw new InvalidStepException(type.getName(), problems);
    }
    return List.copyOf(steps);
  }

  /** Subclasses first, so that an overriding method stands for the one it overrides. */
  private static List<Method> annotated(Class<?> type) {
    Map<String, Method> found = new LinkedHashMap<>();
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (!method.isBridge() && !method.isSynthetic()) {
          String signature =
              Modifier.isPrivate(method.getModifiers())
                  ? at.getName() + method
                  : method.getName() + List.of(method.getParameterTypes());
          found.putIfAbsent(signature, method);
        }
      }
    }
    // Reflection gives methods in no particular order.
    return found.values().stream()
        .filter(
            method ->
                method.isAnnotationPresent(Step.class)
                    || method.isAnnotationPresent(CatchError.class))
        .sorted(Comparator.comparing(StepMethod::name).thenComparing(Method::toString))
        .toList();
  }
}
