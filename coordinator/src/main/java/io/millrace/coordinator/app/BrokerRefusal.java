package io.millrace.coordinator.app;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthorizationException;

/** What a stream thread died of, if it was that the broker does not allow something. */
final class BrokerRefusal {
  private BrokerRefusal() {}

  static Optional<CoordinatorException> in(Throwable error, CoordinatorConfig config) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof AuthorizationException refusal) {
        return Optional.of(
            new CoordinatorException(
                "the broker refuses what this coordinator has to do: %s (its topics, group and transactional ids begin with %s). Give its principal all rights that docs/operations.md lists for a coordinator under Rights"
                    .formatted(refusal.getMessage(), StreamsSettings.applicationId(config)),
                error));
      }
    }
    return Optional.empty();
  }
}
