package io.millrace.step;

import io.millrace.RunContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step's method behind a handle of one signature; the step's own throwables come through. */
final class MethodFunction implements StepFunction {
  private static final MethodType SIGNATURE =
      MethodType.methodType(Object.class, Object.class, RunContext.class);

  private static final MethodHandle TO_ARRAY = toArray();

  private final MethodHandle handle;

  private MethodFunction(MethodHandle handle) {
    this.handle = handle;
  }

  private static MethodHandle toArray() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(List.class, "toArray", MethodType.methodType(Object[].class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException("List has a public toArray", e);
    }
  }

  /**
   * @param events how many parameters take events; several are given as a list
   * @throws InvalidStepException if the method's package is closed to this module
   */
  static MethodFunction of(Object target, Method method, int events, boolean usesContext) {
    MethodHandle handle;
    try {
      handle =
          MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
              .unreflect(method);
    } catch (IllegalAccessException e) {
      throw new InvalidStepException(
          method.getDeclaringClass().getName(),
          List.of(
              "%s: cannot be accessed (%s); open its package to io.millrace in module-info.java"
                  .formatted(method.getName(), e.getMessage())));
    }
    if (!Modifier.isStatic(method.getModifiers())) {
      handle = handle.bindTo(target);
    }
    if (events > 1) {
      // Generic first: a spreader in front of other parameters converts no types itself.
      MethodHandle generic = handle.asType(handle.type().generic());
      MethodHandle spread = generic.asSpreader(0, Object[].class, events);
      handle = MethodHandles.filterArguments(spread, 0, TO_ARRAY);
    }
    if (!usesContext) {
      handle = MethodHandles.dropArguments(handle, 1, RunContext.class);
    }
    return new MethodFunction(handle.asType(SIGNATURE));
  }

  @Override
  public @Nullable Object invoke(Object event, RunContext context) throws Throwable {
    return handle.invokeExact(event, context);
  }
}
