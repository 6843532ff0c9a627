package io.millrace.client;

import io.millrace.WorkflowException;
import io.millrace.protocol.Reply;

/** Replies hold one of several answers. */
final class Answers {
  private Answers() {}

  /**
   * @throws WorkflowException if the coordinator answered another question
   */
  static <A> A expect(Class<A> type, Reply reply) {
    if (!type.isInstance(reply.getAnswer())) {
      throw new WorkflowException(
          "the coordinator answered about run %s with %s instead of %s; this is a bug"
              .formatted(
                  reply.getRunId(),
                  reply.getAnswer().getClass().getSimpleName(),
                  type.getSimpleName()));
    }
    return type.cast(reply.getAnswer());
  }
}
