package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.StateCodec;
import io.millrace.coordinator.core.RunState;
import io.millrace.protocol.Namespace;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The heads of all runs, for whoever reads the changelog of the coordinator's store: it is
 * compacted and holds the last committed value of every entry.
 */
public final class RunHeads {
  private RunHeads() {}

  /** What the coordinators of a namespace are to Kafka Streams. */
  public static String application(Namespace namespace) {
    return namespace.name() + "-coordinator";
  }

  /** The changelog, read committed. */
  public static String changelog(Namespace namespace) {
    return application(namespace) + "-" + RunTopology.STORE + "-changelog";
  }

  /** The run whose head has this key; empty for any other entry. */
  public static Optional<String> runId(byte @Nullable [] key) {
    if (key == null || key.length == 0 || key[0] <= StoreKeys.TIMERS) {
      return Optional.empty();
    }
    StoreKeys.RunKey run = StoreKeys.run(Bytes.wrap(key));
    return run.tag() == StoreKeys.HEAD ? Optional.of(run.runId()) : Optional.empty();
  }

  /**
   * @throws io.millrace.coordinator.codec.UnreadableRecordException if it is no head
   */
  public static RunState decode(byte[] value) {
    return StateCodec.decode(value);
  }
}
