package io.millrace.client;

import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.protocol.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A stream whose records are at hand, as a reader of its topic would yield it so far (law 11). */
public final class StreamLog {
  private StreamLog() {}

  /**
   * @param outcome of the run, once it has ended: a stream without a terminal event ends with one
   *     that is made from it
   */
  public static List<StreamedEvent> read(
      String runId,
      List<ConsumerRecord<byte[], byte[]>> records,
      Optional<RunOutcome> outcome,
      StreamOptions options,
      EventValues values) {
    StreamView view = new StreamView(runId, options.decodeAs(), values);
    StreamOrder order = new StreamOrder();
    int epoch = outcome.map(RunOutcome::getEpoch).orElse(Integer.MAX_VALUE);
    long from = options.from() instanceof StreamOptions.From.Cursor c ? c.cursor().offset() : 0;
    List<StreamedEvent> yielded = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      StreamEntry entry = StreamEntry.of(record).orElseThrow();
      StreamOrder.Verdict verdict = order.judge(entry);
      if (verdict == StreamOrder.Verdict.SKIP) {
        continue;
      }
      if (entry.kind() == StreamedEvent.Kind.TERMINAL) {
        RunOutcome end = view.outcome(entry).orElseThrow();
        if (end.getEpoch() >= epoch) {
          yielded.add(view.terminal(entry, end));
          return yielded;
        }
      } else if (entry.offset() >= from) {
        if (verdict == StreamOrder.Verdict.RESTARTED) {
          yielded.add(view.restarted(entry));
        }
        if (entry.kind() != StreamedEvent.Kind.INTERNAL || options.includeInternal()) {
          yielded.add(view.event(entry));
        }
      }
    }
    outcome.ifPresent(end -> yielded.add(view.terminal(records.size(), end)));
    return yielded;
  }
}
