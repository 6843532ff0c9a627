package io.millrace;

import java.util.Optional;

/**
 * How to send an event to a run.
 *
 * @param eventId sending one id twice is sending once; default: a random UUID
 * @param inReplyTo id of the prompt that this answers, and of no other
 * @param toStep default: every step that accepts the type
 */
public record SendOptions(
    Optional<String> eventId, Optional<String> inReplyTo, Optional<String> toStep) {
  public static SendOptions ofDefaults() {
    return new SendOptions(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Answers this prompt.
   *
   * @throws IllegalArgumentException if the streamed event is no prompt
   */
  public static SendOptions inReplyTo(StreamedEvent prompt) {
    if (prompt.kind() != StreamedEvent.Kind.PROMPT || prompt.eventId().isEmpty()) {
      throw new IllegalArgumentException(
          "a " + prompt.kind() + " of type " + prompt.type() + " is not a prompt to reply to");
    }
    return inReplyTo(prompt.eventId().get());
  }

  /** Answers the prompt with this event id. */
  public static SendOptions inReplyTo(String promptId) {
    return new SendOptions(Optional.empty(), Optional.of(promptId), Optional.empty());
  }

  public SendOptions withEventId(String id) {
    return new SendOptions(Optional.of(id), inReplyTo, toStep);
  }

  public SendOptions withToStep(String step) {
    return new SendOptions(eventId, inReplyTo, Optional.of(step));
  }
}
