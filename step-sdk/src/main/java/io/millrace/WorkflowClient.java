package io.millrace;

import io.millrace.client.Clients;
import io.millrace.config.MillraceConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Starts runs and attaches to them, over Kafka alone. One per process is enough: it is thread-safe
 * and keeps a producer, a reading thread and a few connections until closed. Handles stop working
 * when it is closed; the runs go on.
 */
public interface WorkflowClient extends AutoCloseable {
  /**
   * Connects with the settings of this process: files, environment, system properties.
   *
   * @throws BrokerUnavailableException if no broker answers in time
   */
  static WorkflowClient create() {
    return create(MillraceConfig.load());
  }

  /**
   * Connects. Own keys: {@code millrace.broker.wait.ms} (10 s), {@code millrace.request.timeout.ms}
   * (45 s), {@code millrace.workflow.wait.ms} (30 s).
   *
   * @throws BrokerUnavailableException if no broker answers in time
   */
  static WorkflowClient create(MillraceConfig config) {
    return Clients.create(config);
  }

  /** As {@link #start(Workflow, Object, StartOptions)}, with defaults. */
  <I, O> RunHandle<O> start(Workflow<I, O> workflow, I event);

  /** As {@link #start(Workflow, Object, StartOptions)}, under this run id. */
  <I, O> RunHandle<O> start(Workflow<I, O> workflow, I event, String runId);

  /**
   * Starts a run and waits until the coordinator has accepted it. Starting an id that exists, with
   * the same workflow and event, gives the run that is there.
   *
   * @throws UnknownWorkflowException if no step of the workflow registers in time
   * @throws InvalidStartException if the event is not of the workflow's start type
   * @throws io.millrace.event.MalformedEventException if the event cannot be written
   * @throws RunIdTakenException if the id belongs to another start
   * @throws RequestTimeoutException if no coordinator answered; asking again with the same id is
   *     safe
   */
  <I, O> RunHandle<O> start(Workflow<I, O> workflow, I event, StartOptions options);

  /**
   * As {@link #start(Workflow, Object, StartOptions)}, without waiting for the coordinator: for
   * programs that keep many runs going. The future completes with the handle, on a thread of the
   * client, or exceptionally with what {@code start} throws once it has been sent. Like a Kafka
   * producer's {@code send} this call itself may wait: for the workflow to become known, and for
   * room in the producer's buffer.
   *
   * @throws UnknownWorkflowException if no step of the workflow registers in time
   * @throws InvalidStartException if the event is not of the workflow's start type
   * @throws io.millrace.event.MalformedEventException if the event cannot be written
   */
  <I, O> CompletableFuture<RunHandle<O>> startAsync(
      Workflow<I, O> workflow, I event, StartOptions options);

  /**
   * A handle to a run that somebody started.
   *
   * @throws UnknownRunException if there is no such run
   * @throws WrongWorkflowException if it is a run of another workflow
   */
  <I, O> RunHandle<O> attach(Workflow<I, O> workflow, String runId);

  /**
   * As {@link #start(Workflow, Object, StartOptions)}, the event given as plain JSON, read by the
   * schema that the workflow's steps have registered for its start type.
   *
   * @throws InvalidStartException if the workflow has several start types
   * @throws io.millrace.json.JsonMismatchException if it does not fit; names the field
   */
  UntypedRunHandle startJson(String workflow, String json, StartOptions options);

  /**
   * As {@link #startJson(String, String, StartOptions)}, for workflows that may begin with several
   * types of events.
   *
   * @param startType the event's type
   * @throws InvalidStartException if the workflow's runs do not begin with it
   */
  UntypedRunHandle startJson(String workflow, String startType, String json, StartOptions options);

  /**
   * As {@link #attach}, without event classes; the run's workflow is asked for.
   *
   * @throws UnknownRunException if there is no such run
   */
  UntypedRunHandle attachUntyped(String runId);

  /** The workflows that have steps, by name. */
  List<WorkflowInfo> workflows();

  /** Waits for nothing but the producer; open iterators and waiting calls end. Idempotent. */
  @Override
  void close();
}
