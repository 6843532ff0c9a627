package io.millrace.client;

import io.millrace.observe.Observer;
import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a client and its handles share. Thread-safe. */
final class ClientLink implements AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /** For a stream that is not there; then it is looked for again. */
  private static final Duration LOOK_FOR = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final EventValues values;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final Observer observer;
  private final RunWatches watches = new RunWatches();
  private final WorkflowCatalog catalog = new WorkflowCatalog();
  private final ClientLoop loop;
  private final Requests requests;
  private final StreamConsumers consumers;
  private final TopicPresence presence;
  private final TerminalWatcher terminals;
  private static final int HANDING_OVER = 4;

  /** For what is only handed over: a thousand results at once must not make a thousand threads. */
  private final ExecutorService handOver =
      Executors.newFixedThreadPool(HANDING_OVER, task -> daemon(task, "millrace-client-hand-over"));

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> daemon(task, "millrace-client-timer"),
          // After the end, which askers are told of by the producer.
          new ThreadPoolExecutor.DiscardPolicy());

  private ClientLink(
      ClientSettings settings,
      EventValues values,
      Admin admin,
      Producer<byte[], byte[]> producer,
      KafkaConsumer<byte[], byte[]> consumer,
      Observer observer) {
    this.settings = settings;
    this.values = values;
    this.admin = admin;
    this.producer = producer;
    this.observer = observer;
    // Nearly every timer is cancelled long before its time: none may pile up until then.
    timer.setRemoveOnCancelPolicy(true);
    PendingReplies replies = new PendingReplies();
    this.loop = new ClientLoop(settings, admin, consumer, replies, watches, catalog);
    this.requests = new Requests(settings, producer, loop, replies, watches, timer, observer);
    this.consumers =
        new StreamConsumers(
            () -> consumer(settings.streamReader()),
            ClientSettings.STREAM_FETCH_WAIT,
            System::nanoTime);
    this.presence = new TopicPresence(admin);
    this.terminals =
        new TerminalWatcher(
            StreamEnds.asking(admin, LOOK_FOR),
            new StreamTails(() -> consumer(settings.tailReader())));
  }

  /**
   * @throws io.millrace.BrokerUnavailableException if no broker answers in time
   */
  static ClientLink open(ClientSettings settings, EventValues values, Observer observer) {
    Admin admin = Brokers.connect(settings);
    try {
      ClientLink link =
          new ClientLink(
              settings,
              values,
              admin,
              new KafkaProducer<>(
                  settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
              consumer(settings.committedReader()),
              observer);
      link.loop.start();
      return link;
    } catch (KafkaException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  Namespace namespace() {
    return settings.namespace();
  }

  ClientSettings settings() {
    return settings;
  }

  EventValues values() {
    return values;
  }

  RunWatches watches() {
    return watches;
  }

  WorkflowCatalog catalog() {
    return catalog;
  }

  Requests requests() {
    return requests;
  }

  StreamConsumers consumers() {
    return consumers;
  }

  TopicPresence presence() {
    return presence;
  }

  TerminalWatcher terminals() {
    return terminals;
  }

  ExecutorService handOver() {
    return handOver;
  }

  @Override
  public void close() {
    loop.close();
    presence.close();
    consumers.close();
    terminals.close();
    timer.shutdownNow();
    handOver.shutdown();
    producer.close(CLOSE_WAIT);
    admin.close(CLOSE_WAIT);
    observer.close();
  }
}
