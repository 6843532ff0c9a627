package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.serde.ProtocolCodec;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkDigestTest {
  @Test
  void no_chunks_have_digest_zero() {
    assertThat(ChunkDigest.digest(List.of())).isZero();
  }

  @Test
  void effects_read_back_from_a_record_give_the_digest_that_its_writer_computed() {
    List<Effect> effects = List.of(set("a", 1), set("b", 2));
    RunInput written =
        new RunInput("run", new CompletionChunk(new Token("x", 1, 0, 7L), "try", 0, effects));

    ProtocolCodec<RunInput> codec = ProtocolCodec.of(RunInput.class);
    RunInput read = codec.decode(codec.encode(written));

    List<Effect> back = ((CompletionChunk) read.getBody()).getEffects();
    assertThat(ChunkDigest.digest(List.of(ChunkDigest.encode(back))))
        .isEqualTo(ChunkDigest.digest(List.of(ChunkDigest.encode(effects))))
        .isNotZero();
  }

  @Test
  void the_order_of_chunks_matters() {
    byte[] one = ChunkDigest.encode(List.of(set("a", 1)));
    byte[] two = ChunkDigest.encode(List.of(set("b", 2)));

    assertThat(ChunkDigest.digest(List.of(one, two)))
        .isNotEqualTo(ChunkDigest.digest(List.of(two, one)));
  }

  @Test
  void the_encoding_is_fixed() {
    byte[] bytes = ChunkDigest.encode(List.of(new Effect(new RemoveState("k"))));

    // One block of one element, branch 2, a string of one byte, end of array.
    assertThat(bytes).isEqualTo(ByteBuffer.wrap(new byte[] {2, 4, 2, 'k', 0}).array());
  }

  @Test
  void a_trace_context_is_not_part_of_it_because_older_code_has_no_such_field() {
    assertThat(ChunkDigest.encode(List.of(emit("00-1-2-01"))))
        .isEqualTo(ChunkDigest.encode(List.of(emit(null))))
        // The union's branch, id, type, kind, value, no reply, no fields; then no step, no fan-out.
        .isEqualTo(new byte[] {2, 0, 2, 'e', 2, 'T', 0, 2, 7, 0, 0, 0, 0, 0});
  }

  private static Effect emit(@Nullable String traceparent) {
    ByteBuffer value = ByteBuffer.wrap(new byte[] {7});
    return new Effect(
        new EmitEvent(
            new EventData("e", "T", EventKind.EVENT, value, null, null, traceparent), null, false));
  }

  private static Effect set(String key, long value) {
    return new Effect(new SetState(key, new StateValue(value)));
  }
}
