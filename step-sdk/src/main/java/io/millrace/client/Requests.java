package io.millrace.client;

import io.millrace.BrokerRefusedException;
import io.millrace.LimitExceededException;
import io.millrace.RequestTimeoutException;
import io.millrace.WorkflowException;
import io.millrace.observe.ObservedRequest;
import io.millrace.observe.Observer;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.StartRun;
import io.millrace.protocol.Traced;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Asks the coordinator through the run log and waits for the reply (law 9). A question without an
 * answer is repeated under the same request id: the run log may hold it twice, its effect is the
 * same. Thread-safe.
 */
final class Requests {
  private static final int TRIES = 3;

  private final ClientSettings settings;
  private final Producer<byte[], byte[]> producer;
  private final ClientLoop loop;
  private final PendingReplies pending;
  private final RunWatches watches;
  private final ScheduledExecutorService timer;
  private final Observer observer;

  /**
   * @param timer for repeats; a thread of it may wait for the producer's metadata
   */
  Requests(
      ClientSettings settings,
      Producer<byte[], byte[]> producer,
      ClientLoop loop,
      PendingReplies pending,
      RunWatches watches,
      ScheduledExecutorService timer,
      Observer observer) {
    this.settings = settings;
    this.producer = producer;
    this.loop = loop;
    this.pending = pending;
    this.watches = watches;
    this.timer = timer;
    this.observer = observer;
  }

  /**
   * Returns the answer; outcomes in answers are passed on to whoever watches the run.
   *
   * @param what for messages, for instance "start"
   * @param body makes the input's body from the request info
   * @throws RequestTimeoutException if nobody answers
   * @throws WorkflowException named after the refusal
   */
  Reply ask(String what, String runId, Function<RequestInfo, Object> body) {
    return accepted(runId, askAnyway(what, runId, body));
  }

  /** As {@link #ask}, but a refusal is returned. */
  Reply askAnyway(String what, String runId, Function<RequestInfo, Object> body) {
    Asked asked = send(what, runId, body);
    try {
      return asked.settled().get();
    } catch (InterruptedException e) {
      asked.answer().cancel(false);
      throw Deadline.interrupted(e);
    } catch (ExecutionException e) {
      throw failure(what, runId, e.getCause());
    }
  }

  /**
   * As {@link #ask}, without waiting for the answer. Completes on the client's own threads, where
   * nothing may wait, or exceptionally with what {@link #ask} throws.
   */
  CompletableFuture<Reply> askAsync(String what, String runId, Function<RequestInfo, Object> body) {
    return send(what, runId, body)
        .settled()
        .handle(
            (reply, error) -> {
              if (error != null) {
                throw failure(what, runId, error.getCause());
              }
              return accepted(runId, reply);
            });
  }

  private static Reply accepted(String runId, Reply reply) {
    if (reply.getAnswer() instanceof Refused refused) {
      throw Refusals.exception(runId, refused);
    }
    return reply;
  }

  /** A question on its way; it is settled when the answer has been passed on. */
  private record Asked(CompletableFuture<Reply> answer, CompletableFuture<Reply> settled) {}

  private Asked send(String what, String runId, Function<RequestInfo, Object> body) {
    // Nothing before this line may have an effect: the position for replies is fixed here.
    int partition = loop.replyPartition(Deadline.in(settings.workflowWait()));
    RequestInfo info = new RequestInfo(UUID.randomUUID().toString(), partition);
    Object said = body.apply(info);
    ObservedRequest observed = observer.asks(what, runId, workflow(said));
    CompletableFuture<Reply> answer = pending.open(info.getId());
    Supplier<ProducerRecord<byte[], byte[]>> input = input(runId, said, observed.traceparent());
    Future<?> repeats = repeats(input, answer);
    CompletableFuture<Reply> settled =
        answer.whenComplete(
            (reply, error) -> {
              repeats.cancel(false);
              pending.close(info.getId());
              observed.settled(error);
              if (reply != null && reply.getOutcome() != null) {
                watches.offer(reply.getOutcome());
              }
            });
    send(input.get(), answer);
    return new Asked(answer, settled);
  }

  private static @Nullable String workflow(Object said) {
    return said instanceof StartRun start ? start.getWorkflow() : null;
  }

  /** Makes the same record each time; a producer changes the headers of one that it was given. */
  private Supplier<ProducerRecord<byte[], byte[]>> input(
      String runId, Object said, @Nullable String traceparent) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    byte[] value =
        ProtocolCodecs.INPUT.encode(new RunInput(runId, Traced.request(said, traceparent)));
    List<Header> headers =
        traceparent == null
            ? List.of()
            : List.of(
                new RecordHeader(
                    Headers.TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8)));
    return () -> new ProducerRecord<>(settings.namespace().runs(), null, key, value, headers);
  }

  /** Asks again twice, then gives up. */
  private Future<?> repeats(
      Supplier<ProducerRecord<byte[], byte[]>> input, CompletableFuture<Reply> answer) {
    long slice = Math.max(1, settings.requestTimeout().toMillis() / TRIES);
    AtomicInteger asked = new AtomicInteger(1);
    return timer.scheduleAtFixedRate(
        () -> {
          if (asked.incrementAndGet() > TRIES) {
            answer.completeExceptionally(new TimeoutException());
          } else {
            send(input.get(), answer);
          }
        },
        slice,
        slice,
        TimeUnit.MILLISECONDS);
  }

  private void send(ProducerRecord<byte[], byte[]> input, CompletableFuture<Reply> answer) {
    try {
      producer.send(
          input,
          (metadata, error) -> {
            if (error != null) {
              answer.completeExceptionally(error);
            }
          });
    } catch (InterruptException e) {
      answer.cancel(false);
      throw Deadline.interrupted(e);
    } catch (KafkaException | IllegalStateException e) {
      answer.completeExceptionally(e);
    }
  }

  private WorkflowException failure(String what, String runId, @Nullable Throwable cause) {
    if (cause instanceof WorkflowException named) {
      return named;
    }
    if (cause instanceof TimeoutException) {
      return new RequestTimeoutException(
          ("no coordinator answered the %s of run %s within %d ms; is one running in namespace %s"
                  + " at %s? Asking again is safe")
              .formatted(
                  what,
                  runId,
                  settings.requestTimeout().toMillis(),
                  settings.namespace().name(),
                  settings.brokers()));
    }
    if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
      return Brokers.unavailable(settings, cause);
    }
    if (cause instanceof RecordTooLargeException) {
      return new LimitExceededException(
          "the event for run " + runId + " is larger than a record may be: " + cause.getMessage());
    }
    return new BrokerRefusedException(
        "the run log of namespace %s took no input for run %s: %s"
            .formatted(
                settings.namespace().name(), runId, cause == null ? "unknown" : cause.getMessage()),
        cause);
  }
}
