package io.millrace.http;

import io.millrace.OutcomeState;
import io.millrace.OutcomeSummary;
import io.millrace.RunInspection;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Interfaces of which a test needs one or two methods, and runs that nobody has started. */
public final class Fakes {
  private Fakes() {}

  /**
   * @param methods what to return, by the method's name; any other method fails the test
   */
  public static <T> T of(Class<T> type, Map<String, Answered> methods) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          @Nullable Answered answered = methods.get(method.getName());
          if (answered == null) {
            throw new AssertionError("not for this test: " + method);
          }
          return answered.to(arguments == null ? new Object[0] : arguments);
        };
    return type.cast(
        Proxy.newProxyInstance(Fakes.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** What a method does. */
  public interface Answered {
    Object to(Object[] arguments);
  }

  /** A run that goes on. */
  public static RunInspection running(String runId) {
    return inspection(runId, RunStatus.RUNNING, Optional.empty());
  }

  /** A run that was cancelled. */
  public static RunInspection ended(String runId) {
    return inspection(
        runId,
        RunStatus.CANCELLED,
        Optional.of(
            new OutcomeSummary(
                OutcomeStatus.CANCELLED,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                List.of(),
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                false,
                new OutcomeState(Map.of()))));
  }

  private static RunInspection inspection(
      String runId, RunStatus status, Optional<OutcomeSummary> outcome) {
    return new RunInspection(
        runId,
        "inn",
        status,
        1,
        Instant.EPOCH,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        outcome);
  }
}
