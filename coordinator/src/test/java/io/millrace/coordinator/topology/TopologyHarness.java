package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in its test driver, to which inputs and time are given. Not thread-safe. */
public final class TopologyHarness implements AutoCloseable {
  /** What the topology put on the run log itself. */
  public record Appended(String runId, byte[] input) {}

  /** As far as a punctuation of the topology lets wait for itself. */
  private static final Duration TICK = Duration.ofMillis(20);

  private final Namespace namespace;
  private final StepBook book;
  private final Path folder;
  private final List<Appended> appended = new ArrayList<>();
  private Instant wall;
  private int lives;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> log;

  /**
   * @param folder for the topology's store
   */
  public TopologyHarness(Namespace namespace, Limits limits, Instant begin, Path folder) {
    this.namespace = namespace;
    this.book = new StepBook(limits);
    this.wall = begin;
    this.folder = folder;
    this.driver = driver();
    this.log = log();
  }

  private TopologyTestDriver driver() {
    String life = "life-" + lives++;
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve(life).toString());
    ShellParts parts =
        new ShellParts(
            namespace,
            RunCore::apply,
            book,
            (runId, input) -> appended.add(new Appended(runId, RunInputCodec.encode(runId, input))),
            (worker, since) -> Optional.empty(),
            new UnadoptedWatch(),
            () -> 1,
            life,
            8 * 1024 * 1024,
            CoordinatorMetrics.unread());
    return new TopologyTestDriver(
        RunTopology.build(
            parts, new ThreadParts(Duration.ofMillis(30), CoordinatorMetrics.unread())),
        settings,
        wall);
  }

  private TestInputTopic<byte[], byte[]> log() {
    return driver.createInputTopic(
        namespace.runs(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  public void register(StepRegistration step) {
    String key = step.getWorkflow() + "/" + step.getStep();
    book.read(
        key.getBytes(StandardCharsets.UTF_8),
        ProtocolCodec.of(StepRegistration.class).encode(step));
  }

  /** All that the topology writes when this is the next record of the run log. */
  public List<Outgoing> apply(String runId, byte[] input, Instant at) {
    log.pipeInput(new TestRecord<>(runId.getBytes(StandardCharsets.UTF_8), input, at));
    return written();
  }

  private List<Outgoing> written() {
    List<Outgoing> all = new ArrayList<>();
    for (String topic : driver.producedTopicNames()) {
      if (topic.startsWith(namespace.name() + ".")) {
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()
            .forEach(record -> all.add(outgoing(topic, record)));
      }
    }
    return all;
  }

  private static Outgoing outgoing(String topic, TestRecord<byte[], byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value());
    }
    byte @Nullable [] key = record.key();
    return new Outgoing(
        topic,
        key == null ? null : new String(key, StandardCharsets.UTF_8),
        record.value(),
        headers,
        -1,
        Outgoing.Urgency.AT_ONCE);
  }

  /**
   * When the next timer is due.
   *
   * @param runId null: of any run
   */
  public Optional<Instant> nextTimer(@Nullable String runId) {
    List<Instant> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> timers =
        store().range(StoreKeys.timersFrom(0), StoreKeys.timersFrom(Long.MAX_VALUE))) {
      timers.forEachRemaining(
          timer -> {
            StoreKeys.TimerKey key = StoreKeys.timer(timer.key);
            if (runId == null || runId.equals(key.runId())) {
              due.add(Instant.ofEpochMilli(key.due()));
            }
          });
    }
    return due.stream().min(Comparator.naturalOrder());
  }

  /** Lets the topology see this time, or a moment later; returns what it puts on the run log. */
  public List<Appended> due(Instant now) {
    Instant target = now.isAfter(wall.plus(TICK)) ? now : wall.plus(TICK);
    driver.advanceWallClockTime(Duration.between(wall, target));
    wall = target;
    List<Appended> due = List.copyOf(appended);
    appended.clear();
    return due;
  }

  /** Whether any entry of the store is this run's. */
  public boolean remembers(String runId) {
    try (KeyValueIterator<Bytes, byte[]> all = store().all()) {
      while (all.hasNext()) {
        String key = new String(all.next().key.get(), StandardCharsets.UTF_8);
        if (key.contains(runId)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Another task goes on with what this one has stored. */
  public void restart() {
    List<KeyValue<Bytes, byte[]>> stored = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store().all()) {
      all.forEachRemaining(stored::add);
    }
    driver.close();
    driver = driver();
    log = log();
    KeyValueStore<Bytes, byte[]> store = store();
    // The driver's run log begins anew, too.
    stored.stream()
        .filter(entry -> !entry.key.equals(StoreKeys.APPLIED_OFFSET))
        .forEach(entry -> store.put(entry.key, entry.value));
  }

  private KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore(RunTopology.STORE);
  }

  @Override
  public void close() {
    driver.close();
  }
}
