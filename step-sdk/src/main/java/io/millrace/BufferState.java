package io.millrace;

import java.util.Map;

/**
 * What a {@code collectEvents} buffer holds.
 *
 * @param holds event type to number held
 * @param lacks event type to number lacking; empty when no call has said what it expects
 */
public record BufferState(
    String step, String bufferId, Map<String, Integer> holds, Map<String, Integer> lacks) {
  public BufferState {
    holds = Map.copyOf(holds);
    lacks = Map.copyOf(lacks);
  }

  @Override
  public String toString() {
    return step + "/" + bufferId + " holds " + holds + " lacks " + lacks;
  }
}
