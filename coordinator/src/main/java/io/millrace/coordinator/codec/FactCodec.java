package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.RunEffect;
import io.millrace.protocol.ExpireStream;
import io.millrace.protocol.InternalFact;
import io.millrace.protocol.InternalKind;
import io.millrace.protocol.PromptFact;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.TerminalFact;
import org.jspecify.annotations.Nullable;

/** What the publisher must put on streams. Thread-safe. */
public final class FactCodec {
  private static final Message<RunFact> MESSAGE = Message.of(RunFact.class);
  private static final Message<RunOutcome> OUTCOME = Message.of(RunOutcome.class);

  private FactCodec() {}

  /**
   * @throws UnreadableRecordException for whatever is not a fact
   */
  public static RunFact decode(byte @Nullable [] bytes) {
    return MESSAGE.decode(bytes);
  }

  /** A fact as a record of its own, as internal entries of streams carry it. */
  public static byte[] encode(RunFact fact) {
    return MESSAGE.encode(fact);
  }

  /** An outcome as a record of its own, as terminal entries of streams carry it. */
  public static byte[] encode(RunOutcome outcome) {
    return OUTCOME.encode(outcome);
  }

  static byte[] encode(RunEffect.Publish p) {
    return encode(
        new RunFact(
            p.runId(), p.workflow(), p.epoch(), p.id(), p.at(), body(p.fact()), p.createStream()));
  }

  private static Object body(RunEffect.Fact fact) {
    if (fact instanceof RunEffect.Fact.Prompt f) {
      return new PromptFact(Values.event(f.event()), f.step());
    }
    if (fact instanceof RunEffect.Fact.Terminal f) {
      return new TerminalFact(OutcomeCodec.toAvro(f.outcome()));
    }
    if (fact instanceof RunEffect.Fact.Internal f) {
      return new InternalFact(
          InternalKind.valueOf(f.kind().name()),
          f.step(),
          f.executionId(),
          f.attempt(),
          f.message());
    }
    return new ExpireStream();
  }
}
