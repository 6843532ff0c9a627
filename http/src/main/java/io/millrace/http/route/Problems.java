package io.millrace.http.route;

import io.millrace.BrokerRefusedException;
import io.millrace.BrokerUnavailableException;
import io.millrace.ClientClosedException;
import io.millrace.InvalidStartException;
import io.millrace.InvalidWorkflowException;
import io.millrace.LimitExceededException;
import io.millrace.MalformedRequestException;
import io.millrace.NotRedrivableException;
import io.millrace.RequestTimeoutException;
import io.millrace.RunFinishedException;
import io.millrace.RunIdTakenException;
import io.millrace.UnknownRunException;
import io.millrace.UnknownStepException;
import io.millrace.UnknownWorkflowException;
import io.millrace.coordinator.history.RunHistoryException;
import io.millrace.coordinator.index.DeadLettersUnavailableException;
import io.millrace.coordinator.index.RunIndexException;
import io.millrace.event.MalformedEventException;
import io.millrace.event.UnreadableEventException;
import io.millrace.http.auth.IdentityProviderException;
import io.millrace.http.auth.UnauthenticatedException;
import io.millrace.json.JsonMismatchException;
import io.millrace.protocol.IllegalNameException;
import io.millrace.registry.RegistryUnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which problem an exception is. What is not named here is a fault of ours. */
public final class Problems {
  private static final Map<Class<? extends Throwable>, ProblemKind> KINDS = kinds();

  private Problems() {}

  private static Map<Class<? extends Throwable>, ProblemKind> kinds() {
    Map<Class<? extends Throwable>, ProblemKind> kinds = new LinkedHashMap<>();
    kinds.put(UnauthenticatedException.class, ProblemKind.UNAUTHENTICATED);
    kinds.put(IdentityProviderException.class, ProblemKind.UNAVAILABLE);
    kinds.put(UnknownWorkflowException.class, ProblemKind.UNKNOWN_WORKFLOW);
    kinds.put(UnknownRunException.class, ProblemKind.UNKNOWN_RUN);
    kinds.put(RunIdTakenException.class, ProblemKind.RUN_ID_TAKEN);
    kinds.put(RunFinishedException.class, ProblemKind.RUN_FINISHED);
    kinds.put(NotRedrivableException.class, ProblemKind.NOT_REDRIVABLE);
    kinds.put(InvalidWorkflowException.class, ProblemKind.INVALID_WORKFLOW);
    kinds.put(JsonMismatchException.class, ProblemKind.EVENT_MISMATCH);
    kinds.put(MalformedEventException.class, ProblemKind.EVENT_MISMATCH);
    kinds.put(InvalidStartException.class, ProblemKind.REFUSED);
    kinds.put(UnknownStepException.class, ProblemKind.REFUSED);
    kinds.put(MalformedRequestException.class, ProblemKind.REFUSED);
    kinds.put(LimitExceededException.class, ProblemKind.LIMIT_EXCEEDED);
    kinds.put(IllegalNameException.class, ProblemKind.BAD_REQUEST);
    kinds.put(RequestTimeoutException.class, ProblemKind.NO_ANSWER);
    kinds.put(BrokerUnavailableException.class, ProblemKind.UNAVAILABLE);
    kinds.put(BrokerRefusedException.class, ProblemKind.UNAVAILABLE);
    kinds.put(ClientClosedException.class, ProblemKind.UNAVAILABLE);
    kinds.put(RegistryUnavailableException.class, ProblemKind.UNAVAILABLE);
    kinds.put(UnreadableEventException.class, ProblemKind.UNAVAILABLE);
    kinds.put(RunIndexException.class, ProblemKind.UNAVAILABLE);
    kinds.put(DeadLettersUnavailableException.class, ProblemKind.UNAVAILABLE);
    kinds.put(RunHistoryException.class, ProblemKind.UNAVAILABLE);
    return kinds;
  }

  /** Empty for a fault of ours, whose message is not for callers. */
  public static Optional<Problem> of(Throwable error) {
    if (error instanceof ProblemException known) {
      return Optional.of(known.problem());
    }
    ProblemKind kind = KINDS.get(error.getClass());
    String detail = String.valueOf(error.getMessage());
    if (kind == null) {
      return Optional.empty();
    }
    if (error instanceof UnknownWorkflowException unknown) {
      return Optional.of(kind.of(detail, unknown.known()));
    }
    return Optional.of(kind.of(detail));
  }
}
