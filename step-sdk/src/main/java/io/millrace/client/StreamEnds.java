package io.millrace.client;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Tells where streams end at present. Thread-safe; never blocks. */
interface StreamEnds {
  /**
   * One question for all. Each answer is of its own: a stream that is not there holds up no other.
   * It completes on a thread that must not be held up, exceptionally with a {@link
   * org.apache.kafka.common.errors.RetriableException} when the end was not learnt in time, because
   * there is no such topic yet or the broker is slow, and with another when the broker refuses.
   */
  Map<TopicPartition, CompletableFuture<Long>> of(Collection<TopicPartition> streams);

  /**
   * @param patience for one answer; what is not there is looked for that long
   */
  static StreamEnds asking(Admin admin, Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    return streams -> {
      ListOffsetsResult answers =
          admin.listOffsets(
              streams.stream()
                  .collect(Collectors.toMap(Function.identity(), stream -> OffsetSpec.latest())),
              new ListOffsetsOptions().timeoutMs(millis));
      Map<TopicPartition, CompletableFuture<Long>> ends = new HashMap<>();
      for (TopicPartition stream : streams) {
        ends.put(
            stream,
            answers
                .partitionResult(stream)
                .toCompletionStage()
                .thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .toCompletableFuture());
      }
      return ends;
    };
  }
}
