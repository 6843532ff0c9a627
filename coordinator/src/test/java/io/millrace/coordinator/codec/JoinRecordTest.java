package io.millrace.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.protocol.Namespace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinRecordTest {
  private final EffectRecords records = new EffectRecords(new Namespace("test"));

  @Test
  void C7_an_event_that_only_stands_for_a_set_is_a_record_without_a_value() {
    assertThat(records.record(dispatch(Bytes.EMPTY)).orElseThrow().value()).isNull();
    assertThat(records.record(dispatch(Bytes.wrap(new byte[] {1}))).orElseThrow().value())
        .containsExactly(1);
  }

  private static RunEffect.Dispatch dispatch(Bytes value) {
    Event event = new Event("e", "Part", EventKind.EVENT, value, null);
    return new RunEffect.Dispatch("run", "mill", event, 1, 1, List.of(), Map.of(), List.of());
  }
}
