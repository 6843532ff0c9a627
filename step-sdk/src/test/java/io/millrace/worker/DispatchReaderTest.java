package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.protocol.CaughtFailure;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Token;
import io.millrace.serde.ProtocolCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class DispatchReaderTest {
  private final DispatchReader reader = new DispatchReader();

  private static DispatchTarget.Builder target() {
    return DispatchTarget.newBuilder()
        .setToken(new Token("x1", 1, 0, 7L))
        .setStep("s")
        .setFirstDispatchedAt(Instant.EPOCH);
  }

  private static ConsumerRecord<byte[], byte[]> withoutValue(DispatchTarget... targets) {
    Dispatch dispatch =
        Dispatch.newBuilder()
            .setRunId("run-1")
            .setWorkflow("rag")
            .setEventId("e")
            .setEventType("Part")
            .setKind(EventKind.EVENT)
            .setEpoch(0)
            .setSequence(1)
            .setTargets(List.of(targets))
            .build();
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("mill.rag.Part", 0, 0, new byte[0], null);
    record.headers().add(Headers.DISPATCH, ProtocolCodec.of(Dispatch.class).encode(dispatch));
    return record;
  }

  private static CaughtFailure failure() {
    EventData event =
        new EventData("e", "Part", EventKind.EVENT, ByteBuffer.wrap(new byte[0]), null, null, null);
    return new CaughtFailure("other", event, new ErrorInfo("E", "", ""), 1, 0L);
  }

  @Test
  void C7_E4_the_record_of_a_joined_or_caught_target_needs_no_value() {
    assertThat(reader.read(withoutValue(target().setJoined(List.of()).build())).getTargets())
        .hasSize(1);
    assertThat(reader.read(withoutValue(target().setFailure(failure()).build())).getTargets())
        .hasSize(1);
  }

  @Test
  void F5_a_record_without_a_value_is_undecodable_if_any_target_needs_it() {
    assertThatThrownBy(() -> reader.read(withoutValue(target().build())))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("no value");
    assertThatThrownBy(
            () ->
                reader.read(withoutValue(target().setJoined(List.of()).build(), target().build())))
        .isInstanceOf(UndecodableRecordException.class);
    assertThatThrownBy(() -> reader.read(withoutValue()))
        .isInstanceOf(UndecodableRecordException.class);
  }
}
