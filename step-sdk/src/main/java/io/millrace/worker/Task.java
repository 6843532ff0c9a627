package io.millrace.worker;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record of an event topic, on its way through this worker.
 *
 * @param maybeRedelivered somebody may have had it before; then it is adopted before its code runs
 *     (law 4)
 * @param receipt the source's own note
 */
record Task(ConsumerRecord<byte[], byte[]> record, boolean maybeRedelivered, Object receipt) {
  /** topic-partition@offset. */
  String origin() {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
