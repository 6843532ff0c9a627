package io.millrace.local.inline;

import io.millrace.event.EventCodec;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepRegistrations;
import io.millrace.step.StepRunner;
import io.millrace.worker.StepCatalog;
import io.millrace.worker.StepVersions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs tries of any of its steps on the calling thread: takes a dispatch, gives back the input that
 * a worker would put on the run log. Not thread-safe.
 */
public final class InlineWorker {
  /** What it calls itself in inputs. */
  static final String INCARNATION = "inline";

  private final String workflow;
  private final Namespace namespace;
  private final EventCodec codec;
  private final InstantSource clock;
  private final Consumer<ProducerRecord<byte[], byte[]>> stream;
  private final StepCatalog catalog;
  private final Map<String, StepRunner> steps = new HashMap<>();
  private final Map<String, Class<?>> events = new TreeMap<>();
  private int tries;

  /**
   * @param stream takes what steps write to streams, at once
   */
  public InlineWorker(
      String workflow,
      Namespace namespace,
      EventCodec codec,
      InstantSource clock,
      Consumer<ProducerRecord<byte[], byte[]>> stream) {
    this.workflow = Namespace.checkWorkflow(workflow);
    this.namespace = namespace;
    this.codec = codec;
    this.clock = clock;
    this.stream = stream;
    this.catalog = new StepCatalog(workflow);
  }

  /**
   * From now on it runs this step.
   *
   * @return what a coordinator is told of it
   * @throws io.millrace.worker.StepConflictException if it has another step of this name, which
   *     differs in more than its code
   */
  public StepRegistration add(StepDefinition step) {
    StepRegistration registration = StepRegistrations.of(step, workflow, 1, namespace);
    if (StepVersions.toBeWritten(catalog.find(step.name()), registration)) {
      catalog.learn(registration);
    }
    steps.put(step.name(), StepRunner.of(step, codec, clock));
    Stream.of(step.accepts(), step.emits(), step.streams())
        .flatMap(List::stream)
        .forEach(type -> events.put(type.name(), type.javaClass()));
    return registration;
  }

  List<Class<?>> eventClasses() {
    return List.copyOf(events.values());
  }

  Class<?> eventClass(String type) {
    @Nullable Class<?> found = events.get(type);
    if (found == null) {
      throw new IllegalStateException("no step names an event of type " + type);
    }
    return found;
  }

  /** Of one attempt of this step. */
  Optional<Duration> timeout(String step) {
    return runner(step).definition().timeout();
  }

  /** The body of a run input. */
  Object run(InlineWork work) {
    return newTry(work).run();
  }

  InlineTry newTry(InlineWork work) {
    return new InlineTry(
        runner(work.step()),
        work,
        INCARNATION + "-" + tries++,
        namespace.stream(workflow, work.runId()),
        catalog,
        stream);
  }

  private StepRunner runner(String step) {
    @Nullable StepRunner runner = steps.get(step);
    if (runner == null) {
      throw new IllegalStateException("work for step " + step + ", which is not here");
    }
    return runner;
  }
}
