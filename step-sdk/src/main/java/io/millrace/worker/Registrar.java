package io.millrace.worker;

import io.millrace.event.EventType;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Rights;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TaskSourceKind;
import io.millrace.protocol.TopicCreation;
import io.millrace.protocol.TopicCreationException;
import io.millrace.protocol.TopicSpec;
import io.millrace.protocol.TopicSpecs;
import io.millrace.serde.ProtocolCodec;
import io.millrace.serde.SchemaIds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a worker's steps known: topics, schemas, registrations. Everything here may be repeated.
 */
final class Registrar {
  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
  private final TopicSpecs topics;
  private final List<WorkerStep> steps;
  private final List<StepRegistration> mine;
  private final ProtocolCodec<StepRegistration> codec = ProtocolCodec.of(StepRegistration.class);

  Registrar(TopicSpecs topics, List<WorkerStep> steps) {
    this.topics = topics;
    this.steps = steps;
    this.mine = steps.stream().map(WorkerStep::registration).toList();
  }

  /**
   * What workers read or write, and a topic for each event type that may be dispatched.
   *
   * @throws UnknownTopicOrPartitionException if one that all share is missing and may not be
   *     created here: a coordinator makes it, whichever starts first
   */
  void createTopics(Admin admin) {
    createShared(admin);
    Stream<TopicSpec> events =
        mine.stream()
            .flatMap(
                step ->
                    Stream.concat(step.getAccepts().stream(), step.getEmits().stream())
                        .filter(type -> type.getKind() != EventKind.STOP)
                        .map(type -> topics.events(step.getWorkflow(), type.getType())));
    TopicCreation.ensure(admin, events.distinct().toList());
  }

  private void createShared(Admin admin) {
    List<TopicSpec> shared =
        List.of(
            topics.runs(),
            topics.steps(),
            topics.workers(),
            topics.cancels(),
            topics.deadLetters());
    try {
      TopicCreation.ensure(admin, shared);
    } catch (TopicCreationException e) {
      if (e.getCause() instanceof AuthorizationException) {
        throw new UnknownTopicOrPartitionException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /**
   * What workers of these steps do on the broker, but for streams, whose topics are still to come.
   *
   * @throws io.millrace.protocol.MissingRightsException naming all that is not allowed
   */
  void checkRights(Admin admin, Map<String, ?> kafka) throws ExecutionException {
    Namespace namespace = topics.namespace();
    Rights rights =
        rights(kafka)
            .onTopic(namespace.runs(), AclOperation.WRITE)
            .onTopic(namespace.steps(), AclOperation.READ, AclOperation.WRITE)
            .onTopic(namespace.workers(), AclOperation.WRITE)
            .onTopic(namespace.cancels(), AclOperation.READ)
            .onTopic(namespace.deadLetters(), AclOperation.WRITE);
    for (StepRegistration step : mine) {
      step.getAccepts()
          .forEach(
              type ->
                  rights.onTopic(
                      namespace.events(step.getWorkflow(), type.getType()), AclOperation.READ));
      if (step.getTaskSource() == TaskSourceKind.GROUP) {
        rights.onGroup(step.getGroupId(), AclOperation.READ);
      }
    }
    rights.check(admin);
  }

  static Rights rights(Map<String, ?> kafka) {
    return Rights.of("this worker", kafka);
  }

  /**
   * Under the subject of each event's topic, for streamed events as well.
   *
   * @throws io.millrace.registry.IncompatibleSchemaException with the registry's reason
   */
  void registerSchemas(SchemaIds schemas) {
    for (StepRegistration step : mine) {
      Stream.of(events(step), step.getEmits(), step.getStreams())
          .flatMap(List::stream)
          .forEach(
              type ->
                  schemas.of(
                      topics.namespace().events(step.getWorkflow(), type.getType()), schema(type)));
    }
    for (WorkerStep step : steps) {
      String workflow = step.registration().getWorkflow();
      // So that clients without the class can send what is waited for.
      for (EventType type : step.runner().definition().waitsFor()) {
        schemas.of(topics.namespace().events(workflow, type.name()), type.schema());
      }
    }
  }

  /**
   * Accepted types of which values are written; an interface has none, nor has the type that calls
   * failure handlers.
   */
  private static List<EventDeclaration> events(StepRegistration step) {
    return step.getAcceptsSubtypes() || !step.getCatches().isEmpty()
        ? List.of()
        : step.getAccepts();
  }

  private static Schema schema(EventDeclaration type) {
    return new Schema.Parser().parse(type.getSchema$());
  }

  /**
   * Writes what is new, against what the catalog has read.
   *
   * @throws StepConflictException if a different step has the name
   */
  void announce(StepCatalog catalog, Producer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    for (StepRegistration step : mine) {
      if (StepVersions.toBeWritten(catalog.find(step.getStep()), step)) {
        String key = step.getWorkflow() + "/" + step.getStep();
        producer
            .send(
                new ProducerRecord<>(
                    topics.namespace().steps(), RunLog.bytes(key), codec.encode(step)))
            .get();
        LOG.info(
            "Registered. workflow={} step={} version={}",
            step.getWorkflow(),
            step.getStep(),
            step.getVersion());
        catalog.learn(step);
      }
    }
  }
}
