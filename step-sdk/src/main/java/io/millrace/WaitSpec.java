package io.millrace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code waitForEvent} waits for. Immutable; each method returns a changed copy.
 *
 * @param waiterId default: from the call's position in the attempt
 * @param requirements values that fields of the event must have
 * @param timeout default: none
 * @param prompt an input-required event, published once when the wait begins
 */
public record WaitSpec(
    Optional<String> waiterId,
    Map<String, Object> requirements,
    Optional<Duration> timeout,
    Optional<Object> prompt) {
  public WaitSpec {
    requirements = Map.copyOf(requirements);
    waiterId.ifPresent(WaitSpec::checkId);
    timeout.ifPresent(WaitSpec::checkTimeout);
  }

  /** Any event of the type, without a time limit or a prompt. */
  public static WaitSpec ofDefaults() {
    return new WaitSpec(Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
  }

  /** Names the wait; a step that asks in a loop or by turns tells its waits apart with this. */
  public WaitSpec withWaiterId(String id) {
    return new WaitSpec(Optional.of(id), requirements, timeout, prompt);
  }

  /**
   * Only an event whose top-level field has this value. Compared by value: text, numbers, booleans,
   * enums, dates and the like.
   */
  public WaitSpec where(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(requirements);
    more.put(field, value);
    return new WaitSpec(waiterId, more, timeout, prompt);
  }

  /** After this long without the event, {@code waitForEvent} throws WaitTimeoutException. */
  public WaitSpec withTimeout(Duration longest) {
    return new WaitSpec(waiterId, requirements, Optional.of(longest), prompt);
  }

  /** Asks with this event, which is an {@link InputRequiredEvent}. */
  public WaitSpec withPrompt(Object question) {
    return new WaitSpec(waiterId, requirements, timeout, Optional.of(question));
  }

  private static void checkId(String id) {
    if (id.isBlank() || id.length() > 100) {
      throw new IllegalArgumentException(
          "'" + id + "' cannot be a waiter id; use 1 to 100 characters that are not all blank");
    }
  }

  private static void checkTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the timeout of a wait must be positive, not " + timeout);
    }
  }
}
