package io.millrace.worker;

import io.millrace.Event;
import io.millrace.config.MillraceConfig;
import io.millrace.observe.StepObserver;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.Token;
import io.millrace.protocol.TopicSettings;
import io.millrace.protocol.TopicSpecs;
import io.millrace.serde.ProtocolCodec;
import io.millrace.step.StepBuilder;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepRunner;
import io.millrace.step.TryResult;
import io.millrace.step.TryServices;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Tries with made-up code and producers that acknowledge when told to. */
final class TryFixture implements AutoCloseable {
  record Ask(String question) implements Event {}

  final MockProducer<byte[], byte[]> log = producer();
  final MockProducer<byte[], byte[]> streams = producer();
  final List<String> happened = new CopyOnWriteArrayList<>();
  final Tries tries = new Tries();
  final Slots slots = new Slots(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledThreadPoolExecutor control = new ScheduledThreadPoolExecutor(2);
  private final TopicSpecs topics =
      new TopicSpecs(new Namespace("mill"), TopicSettings.from(MillraceConfig.of(Map.of())));
  private final ProtocolCodec<RunInput> codec = ProtocolCodec.of(RunInput.class);
  private final Incarnation incarnation = new Incarnation();
  Duration grace = Duration.ofMinutes(1);

  /** Pieces of code that were given a thread. */
  final AtomicInteger begun = new AtomicInteger();

  /** Of the record of a try that is adopted first. */
  CompletableFuture<Void> recorded = CompletableFuture.completedFuture(null);

  Duration recordPatience = Duration.ofMinutes(1);
  Optional<Duration> timeout = Optional.empty();
  int chunkBytes = 1 << 18;
  int round;
  @Nullable String traceparent;
  StepObserver observer = StepObserver.NONE;

  TryRun start(boolean adoptFirst, Function<TryServices, TryResult> code) {
    TryRun run =
        new TryRun(
            new TryEnvironment(
                runner(code),
                incarnation,
                new RunLog(log, topics.namespace()),
                streams,
                knownTopics(),
                new StepCatalog("rag"),
                slots,
                tries,
                task -> {
                  begun.incrementAndGet();
                  threads.execute(task);
                },
                control,
                grace,
                recordPatience,
                chunkBytes,
                (why, cause) -> happened.add("fatal"),
                observer),
            Dispatch.newBuilder()
                .setRunId("run-1")
                .setWorkflow("rag")
                .setEventId("e")
                .setEventType("Ask")
                .setKind(EventKind.EVENT)
                .setEpoch(0)
                .setSequence(1)
                .setTargets(List.of())
                .build(),
            DispatchTarget.newBuilder()
                .setToken(new Token("x1", 1, round, 42L))
                .setStep("answer")
                .setFirstDispatchedAt(Instant.EPOCH)
                .build(),
            new byte[0],
            new Origin(traceparent, 0),
            () -> happened.add("acknowledged"),
            () -> happened.add("released"));
    if (adoptFirst) {
      run.startAdopted(recorded);
    } else {
      run.start();
    }
    return run;
  }

  private StepRunner runner(Function<TryServices, TryResult> code) {
    StepBuilder builder = StepDefinition.named("answer").accepts(Ask.class).concurrency(1);
    timeout.ifPresent(builder::timeout);
    StepDefinition definition = builder.handler((event, context) -> event);
    return new StepRunner() {
      @Override
      public StepDefinition definition() {
        return definition;
      }

      @Override
      public TryResult run(
          Dispatch dispatch, DispatchTarget target, byte[] value, TryServices services) {
        return code.apply(services);
      }
    };
  }

  private StreamTopics knownTopics() {
    Admin none =
        (Admin)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("no broker here");
                });
    return new StreamTopics(none, topics) {
      @Override
      String ensure(String workflow, String runId) {
        return topics.namespace().stream(workflow, runId);
      }
    };
  }

  /** Bodies on the run log, in order. */
  List<Object> said() {
    return List.copyOf(log.history()).stream()
        .map(record -> codec.decode(record.value()).getBody())
        .toList();
  }

  List<String> saidKinds() {
    return said().stream().map(body -> body.getClass().getSimpleName()).toList();
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(
        false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    control.shutdownNow();
    threads.shutdownNow();
  }
}
