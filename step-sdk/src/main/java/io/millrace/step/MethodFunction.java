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

  private final MethodHandle handle;

  private MethodFunction(MethodHandle handle) {
    this.handle = handle;
  }

  /**
   * @throws InvalidStepException if the method's package is closed to this module
   */
  static MethodFunction of(Object target, Method method, boolean usesContext) {
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
