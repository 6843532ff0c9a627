package io.millrace;

import io.millrace.config.MillraceConfig;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.observe.Observer;
import io.millrace.protocol.Namespace;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepDefinitions;
import io.millrace.step.StepRegistrations;
import io.millrace.step.StepRunner;
import io.millrace.worker.ConcurrencyChoice;
import io.millrace.worker.TaskSourceChoice;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerConfig;
import io.millrace.worker.WorkerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs steps of one workflow.
 *
 * <pre>{@code
 * StepWorker.of("rag", new Synthesize()).run();
 * }</pre>
 *
 * Configuration comes from {@code millrace.properties} and {@code MILLRACE_*} variables ({@link
 * MillraceConfig}); {@link WorkerConfig} lists a worker's own keys. Start as many copies as needed,
 * anywhere. Methods may be called by any thread.
 */
public final class StepWorker implements AutoCloseable {
  private final String workflow;
  private final List<StepDefinition> steps;
  private final MillraceConfig config;
  private @Nullable Worker worker;

  private StepWorker(String workflow, List<StepDefinition> steps, MillraceConfig config) {
    this.workflow = workflow;
    this.steps = steps;
    this.config = config;
  }

  /**
   * A worker for the {@link Step} methods of these objects; a {@link StepDefinition} among them is
   * taken as it is.
   *
   * @throws io.millrace.step.InvalidStepException naming everything that is wrong with a step
   * @throws io.millrace.protocol.IllegalNameException if the workflow cannot have this name
   */
  public static StepWorker of(String workflow, Object... stepObjects) {
    Namespace.checkWorkflow(workflow);
    List<StepDefinition> steps = new ArrayList<>();
    for (Object object : stepObjects) {
      if (object instanceof StepDefinition built) {
        steps.add(built);
      } else {
        steps.addAll(StepDefinitions.of(object));
      }
    }
    return new StepWorker(workflow, List.copyOf(steps), MillraceConfig.load());
  }

  /** The same worker with these settings over those of its surroundings. */
  public StepWorker configuredBy(Map<String, ?> settings) {
    return new StepWorker(workflow, steps, config.with(settings));
  }

  /** The same worker with exactly this configuration. */
  public StepWorker configuredBy(MillraceConfig exactly) {
    return new StepWorker(workflow, steps, exactly);
  }

  /**
   * Returns once this worker takes work.
   *
   * @return this
   * @throws io.millrace.worker.BrokerUnavailableException if no broker answers in time
   * @throws io.millrace.registry.SchemaRegistryException if the registry does not, or refuses a
   *     schema
   * @throws io.millrace.worker.StepConflictException if another step has the name
   * @throws io.millrace.worker.TaskSourceConflictException if other workers of a step take its
   *     tasks from a group of the other kind
   * @throws io.millrace.worker.UnsupportedTaskSourceException if a step asks for a share group
   *     where there are none
   * @throws IllegalStateException if it was started before, or the thread is interrupted
   */
  public StepWorker start() {
    try {
      prepare().start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("closed or interrupted before the worker was ready", e);
    }
    return this;
  }

  private synchronized Worker prepare() {
    if (worker != null) {
      throw new IllegalStateException("this worker was started before; make a new one");
    }
    WorkerConfig settings = WorkerConfig.from(config);
    EventCodec codec = EventCodecs.of(config.asMap());
    List<WorkerStep> runnable =
        steps.stream()
            .map(step -> TaskSourceChoice.apply(config, step))
            .map(step -> ConcurrencyChoice.apply(config, step))
            .map(
                step ->
                    new WorkerStep(
                        StepRunner.of(step, codec),
                        StepRegistrations.of(
                            step, workflow, settings.version(), config.namespace())))
            .toList();
    String name = steps.size() == 1 ? workflow + "." + steps.get(0).name() : workflow;
    worker = new Worker(workflow, runnable, settings, Observer.of(config, name));
    return worker;
  }

  /**
   * Starts, and blocks until the process is told to end (SIGTERM) or {@link #close} is called.
   * Throws as {@link #start} does. If nobody catches that, the process ends with a readable message
   * instead of a stack trace (MILLRACE_DEBUG shows it), and exit code 2 for a setting that makes no
   * sense, else 1; a thread that has a handler of its own for uncaught exceptions keeps it.
   */
  public void run() {
    Thread hook = new Thread(this::close, "millrace-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      start();
    } catch (RuntimeException e) {
      Uncaught.endProcess("millrace worker of " + workflow);
      throw e;
    }
    try {
      started().awaitClosed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private synchronized Worker started() {
    if (worker == null) {
      throw new IllegalStateException("this worker was not started");
    }
    return worker;
  }

  /** Drains, then leaves what still runs to others. Safe to repeat. */
  @Override
  public void close() {
    Worker started;
    synchronized (this) {
      started = worker;
    }
    if (started != null) {
      started.close();
    }
  }
}
