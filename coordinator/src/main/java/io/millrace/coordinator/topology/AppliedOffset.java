package io.millrace.coordinator.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last offset of its run-log partition that a task has applied (law 8), and of which run log:
 * one that was deleted and made anew counts from 0 again, and the old offset says nothing about it.
 * Belongs to the stream thread.
 */
final class AppliedOffset {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedOffset.class);

  private final StoreWrites writes;
  private final byte[] runLogId;
  private long applied;

  /**
   * @param runLogId the id of the topic, which a topic made anew under the same name does not have
   */
  AppliedOffset(KeyValueStore<Bytes, byte[]> store, StoreWrites writes, String runLogId) {
    this.writes = writes;
    this.runLogId = runLogId.getBytes(StandardCharsets.UTF_8);
    this.applied = read(store.get(StoreKeys.APPLIED_OFFSET));
  }

  private long read(byte @Nullable [] stored) {
    if (stored == null) {
      return -1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    long offset = buffer.getLong();
    if (buffer.hasRemaining() && !buffer.equals(ByteBuffer.wrap(runLogId))) {
      LOG.warn(
          "the run log was deleted and made anew; it is read from its beginning, runs of the old"
              + " one stay as they are offset={}",
          offset);
      return -1;
    }
    return offset;
  }

  /** False for an offset that was applied before. */
  boolean advance(long offset) {
    if (offset <= applied) {
      return false;
    }
    applied = offset;
    writes.put(
        StoreKeys.APPLIED_OFFSET,
        ByteBuffer.allocate(Long.BYTES + runLogId.length).putLong(offset).put(runLogId).array());
    return true;
  }
}
