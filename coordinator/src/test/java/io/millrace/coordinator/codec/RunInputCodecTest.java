package io.millrace.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StateValue;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.Token;
import io.millrace.protocol.ChunkDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunInputCodecTest {
  private static final Token TOKEN = new Token("x", 2, 1, Long.MIN_VALUE);
  private static final Request REQUEST = new Request("r", 4);
  private static final ErrorInfo ERROR = new ErrorInfo("t", "m", "stack");
  private static final Event EVENT =
      new Event("e", "Ask", EventKind.START, Bytes.wrap(new byte[] {0, 1}), null);
  private static final Bytes BYTES = Bytes.wrap(new byte[] {7});

  private static final List<StepEffect> EFFECTS =
      List.of(
          new StepEffect.Emit(EVENT, "s", true),
          new StepEffect.SetState("k", new StateValue.Decimal(1.5)),
          new StepEffect.RemoveState("k"),
          new StepEffect.IncrementState("k", new StateValue.Whole(-1)),
          new StepEffect.AppendState("k", BYTES),
          new StepEffect.UpdateState("k", 3, null),
          new StepEffect.UpdateState("k", 3, new StateValue.Opaque(BYTES)),
          new StepEffect.Collect("b", List.of(new StepEffect.TypeRun("A", 2)), "c", true),
          new StepEffect.OpenFanOut(0));

  private static final List<RunInput> INPUTS =
      List.of(
          new RunInput.StartRun(
              REQUEST,
              "w",
              EVENT,
              Duration.ofSeconds(3),
              true,
              true,
              Map.of("k", new StateValue.Whole(1)),
              List.of("k")),
          new RunInput.StartRun(null, "w", EVENT, null, false, false, Map.of(), List.of()),
          new RunInput.StepStarted(TOKEN, "w", "try"),
          new RunInput.StepCompleted(TOKEN, "w", "try", 2, 77, EFFECTS, 3),
          new RunInput.StepFailed(TOKEN, "w", "try", RunInput.FailureKind.TIMEOUT, ERROR, true, 0),
          new RunInput.StepSuspended(
              TOKEN, "w", "try", "id", "Ask", Map.of("a", "1"), Duration.ofDays(2), EVENT, 1),
          new RunInput.ExternalEvent(REQUEST, EVENT, "s"),
          new RunInput.CancelRun(null, "why"),
          new RunInput.InspectRun(REQUEST),
          new RunInput.TimerFired("t", 5),
          new RunInput.WorkerLost(TOKEN, 6, null, "silent"),
          new RunInput.DispatchFailed(TOKEN, 6, ERROR),
          new RunInput.RedriveRun(REQUEST, "x"));

  @Test
  void every_kind_of_input_comes_back_as_it_was() {
    assertThat(INPUTS)
        .allSatisfy(
            input ->
                assertThat(RunInputCodec.decode(RunInputCodec.encode("run", input)))
                    .isEqualTo(new RunInputCodec.Addressed("run", input)));
    assertThat(INPUTS.size())
        .isGreaterThanOrEqualTo(RunInput.class.getPermittedSubclasses().length);
  }

  @Test
  void a_chunk_carries_its_effects_as_the_digest_sees_them() {
    RunInput chunk = new RunInput.CompletionChunk(TOKEN, "try", 1, EFFECTS, Bytes.EMPTY);

    RunInput.CompletionChunk read =
        (RunInput.CompletionChunk) RunInputCodec.decode(RunInputCodec.encode("run", chunk)).input();

    assertThat(read.effects()).isEqualTo(EFFECTS);
    assertThat(read.encoded())
        .isEqualTo(Bytes.wrap(ChunkDigest.encode(StepEffectCodec.toAvro(EFFECTS))));
  }

  @Test
  void F5_mangled_inputs_are_unreadable_and_nothing_else() {
    byte[] whole = RunInputCodec.encode("run", INPUTS.get(3));
    Random random = new Random(42);

    assertThatThrownBy(() -> RunInputCodec.decode(null))
        .isInstanceOf(UnreadableRecordException.class);
    for (int length = 0; length < whole.length; length++) {
      byte[] truncated = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> RunInputCodec.decode(truncated))
          .isInstanceOf(UnreadableRecordException.class);
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] mangled = whole.clone();
      mangled[10 + random.nextInt(whole.length - 10)] = (byte) random.nextInt();
      try {
        RunInputCodec.decode(mangled);
      } catch (UnreadableRecordException expected) {
        assertThat(expected).hasMessageContaining("RunInput");
      }
    }
  }
}
