package io.millrace.client;

import io.millrace.protocol.InternalFact;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.StepRegistration;
import io.millrace.serde.ProtocolCodec;

/** The protocol records that a client reads or writes. */
final class ProtocolCodecs {
  static final ProtocolCodec<RunInput> INPUT = ProtocolCodec.of(RunInput.class);
  static final ProtocolCodec<Reply> REPLY = ProtocolCodec.of(Reply.class);
  static final ProtocolCodec<RunOutcome> OUTCOME = ProtocolCodec.of(RunOutcome.class);
  static final ProtocolCodec<StepRegistration> REGISTRATION =
      ProtocolCodec.of(StepRegistration.class);
  static final ProtocolCodec<RunFact> FACT = ProtocolCodec.of(RunFact.class);
  static final ProtocolCodec<InternalFact> INTERNAL = ProtocolCodec.of(InternalFact.class);

  private ProtocolCodecs() {}
}
