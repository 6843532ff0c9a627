package io.millrace.local.behaviour;

import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.event.EventType;
import io.millrace.protocol.EventData;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.StartRun;
import io.millrace.serde.ProtocolCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Requests as a client without any checks of its own would write them. For one thread. */
final class HandWritten implements AutoCloseable {
  private static final ProtocolCodec<RunInput> INPUT = ProtocolCodec.of(RunInput.class);
  private static final ProtocolCodec<Reply> REPLY = ProtocolCodec.of(Reply.class);

  private final Workshop workshop;
  private final EventCodec events;
  private final KafkaProducer<byte[], byte[]> producer;

  HandWritten(Workshop workshop) {
    this.workshop = workshop;
    this.events = EventCodecs.of(workshop.config().asMap());
    this.producer =
        new KafkaProducer<>(
            workshop.config().kafka(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  EventData event(String workflow, Object event) {
    EventType type = events.typeOf(event.getClass());
    return new EventData(
        UUID.randomUUID().toString(),
        type.name(),
        type.kind(),
        ByteBuffer.wrap(events.encode(event, workflow)),
        null,
        null,
        null);
  }

  static StartRun start(RequestInfo request, String workflow, EventData event) {
    return new StartRun(request, workflow, event, null, false, false, Map.of(), List.of());
  }

  /** Puts the request on the run log and returns what the coordinator has to say. */
  Reply ask(String runId, Function<RequestInfo, Object> body) throws Exception {
    RequestInfo request = new RequestInfo(UUID.randomUUID().toString(), 0);
    RunInput input = new RunInput(runId, body.apply(request));
    producer
        .send(
            new ProducerRecord<>(
                workshop.namespace().runs(),
                runId.getBytes(StandardCharsets.UTF_8),
                INPUT.encode(input)))
        .get(Workshop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return Awaitility.await("the reply")
        .atMost(Workshop.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .pollInSameThread()
        .until(
            () ->
                workshop.read(workshop.namespace().replies()).stream()
                    .map(record -> REPLY.decode(record.value()))
                    .filter(reply -> reply.getRequestId().equals(request.getId()))
                    .toList(),
            replies -> !replies.isEmpty())
        .get(0);
  }

  @Override
  public void close() {
    producer.close();
  }
}
