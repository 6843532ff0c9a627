// A worker of one step, without the SDK: docs/protocol.md in one file. The names are those of that page.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { codec } from './protocol.mjs';

const { MILLRACE_NAMESPACE: namespace = 'millrace', MILLRACE_BOOTSTRAP_SERVERS: brokers = 'localhost:9092',
  MILLRACE_SCHEMA_REGISTRY_URL: registryUrl = 'http://localhost:8081' } = process.env;
const LEASE = 10_000;
const CONCURRENCY = 16;
const KEPT = [{ name: 'retention.ms', value: `${7 * 24 * 3600_000}` }, { name: 'max.message.bytes', value: `${8 * 1024 ** 2}` }];
const KINDS = { start: 'START', stop: 'STOP', 'input-required': 'INPUT_REQUIRED', 'human-response': 'HUMAN_RESPONSE' };
const named = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [`millrace-${name}`, `${value}`]));
const [dispatches, inputs, beats, registrations] = ['Dispatch', 'RunInput', 'WorkerBeat', 'StepRegistration'].map(codec);

/** Takes work until the process is asked to end. */
export async function runStep({ workflow, step, accepts, emits, streams, perform }) {
  const incarnation = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const group = `${namespace}.${workflow}.${step}`;
  const topicOf = (type) => `${namespace}.${workflow}.${type}`;
  const kindOf = (schema) => KINDS[schema['millrace.kind']] ?? 'EVENT';

  const connection = { clientId: incarnation, brokers: brokers.split(',') };
  const kafka = new Kafka({ ...connection, logLevel: logLevel.WARN });
  const admin = new Kafka({ ...connection, logLevel: logLevel.NOTHING }).admin(); // a topic that exists is no error
  // The default partitioner is Java's: the coordinator looks for a run in one partition only.
  const createPartitioner = Partitioners.DefaultPartitioner;
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner });
  const consumer = kafka.consumer({ groupId: group, sessionTimeout: 6_000, heartbeatInterval: 1_500 });
  const registry = new SchemaRegistryClient({ baseURLs: [registryUrl] });
  const serializer = new AvroSerializer(registry, SerdeType.VALUE, { useLatestVersion: true });
  const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});

  const create = (topics) => admin.createTopics({ topics, waitForLeaders: true });
  const write = (topic, key, value, more) => producer.send({ topic, acks: -1, messages: [{ key, value, ...more }] });
  const say = (runId, kind, body) =>
    write(`${namespace}.runs`, runId, inputs.encode({ runId, body: { [`io.millrace.protocol.${kind}`]: body } }));
  const beat = (goodbye) => write(`${namespace}.workers`, incarnation, beats.encode({
    incarnation, kind: 'WORKER', workflow, steps: [step], version: 1,
    host: hostname(), slots: CONCURRENCY, leaseMillis: LEASE, goodbye }));

  /** Nothing more can be said: whoever hears no beats gives the work to others. */
  function die(error) {
    console.error(`${incarnation} ends, its work is left to others:`, error);
    process.exit(1);
  }

  async function register() {
    const events = [accepts, emits].filter((schema) => kindOf(schema) !== 'STOP');
    await create(events.map(({ name }) => ({ topic: topicOf(name), numPartitions: 6, configEntries: KEPT })));
    for (const schema of [accepts, emits, streams]) {
      await registry.register(`${topicOf(schema.name)}-value`, { schemaType: 'AVRO', schema: JSON.stringify(schema) });
    }
    const declared = (schema) => [{ type: schema.name, kind: kindOf(schema), schema: JSON.stringify(schema) }];
    await write(`${namespace}.steps`, `${workflow}/${step}`, registrations.encode({
      workflow, step, version: 1, groupId: group, concurrency: CONCURRENCY, usesState: false, retry: {}, registeredAt: Date.now(),
      accepts: declared(accepts), emits: declared(emits), streams: declared(streams) }));
  }

  /** The run's stream, for one try: its topic is made by whoever writes first. */
  function streamOf({ runId, epoch }, { executionId, attempt, round }, tryId) {
    const topic = topicOf(`stream.${runId}`);
    const stream = { count: 0 };
    stream.write = async (event) => {
      if (stream.count === 0) await create([{ topic, numPartitions: 1, configEntries: KEPT }]);
      const value = await serializer.serialize(topicOf(streams.name), event);
      await write(topic, executionId, value, { partition: 0, headers: named({
        run: runId, entry: 'event', execution: executionId, step, attempt, round, try: tryId, epoch,
        type: streams.name, kind: kindOf(streams), sequence: stream.count++ }) });
    };
    return stream;
  }

  async function run(dispatch, value, said) {
    const stream = streamOf(dispatch, said.token, said.tryId);
    let failure = 'UNREADABLE_EVENT';
    try {
      const event = await deserializer.deserialize(topicOf(accepts.name), value);
      failure = 'EXCEPTION';
      const returned = await perform(event, stream.write);
      const bytes = await serializer.serialize(topicOf(emits.name), returned);
      const emitted = { id: `${said.token.executionId}-0`, type: emits.name, kind: kindOf(emits), value: bytes };
      const effects = [{ body: { 'io.millrace.protocol.EmitEvent': { event: emitted } } }];
      failure = 'COMPLETION_REFUSED';
      await say(dispatch.runId, 'StepCompleted', { ...said, effects, streamed: stream.count });
    } catch ({ name, message, stack }) {
      const retryable = failure === 'EXCEPTION';
      const error = { type: name, message, stack };
      await say(dispatch.runId, 'StepFailed', { ...said, kind: failure, error, retryable, streamed: stream.count });
    }
  }

  /** What nobody can run must not hold up what comes after it. */
  function setAside({ topic, partition, message }, error) {
    const origin = `${topic}-${partition}@${message.offset}`;
    const reason = { origin, 'error-type': error.name, 'error-message': error.message };
    return write(`${namespace}.dead-letters`, message.key, message.value, { headers: { ...message.headers, ...named(reason) } });
  }

  let tries = 0;
  const open = new Set();
  async function take(record) { // its offset is committed after this has returned
    const { message, heartbeat } = record;
    let dispatch;
    try {
      dispatch = dispatches.decode(message.headers['millrace-dispatch']);
    } catch (error) {
      return setAside(record, error);
    }
    for (const target of dispatch.targets.filter((each) => each.step === step)) {
      for (; open.size >= CONCURRENCY; await heartbeat()) await Promise.race([...open, sleep(1_000)]);
      const said = { token: target.token, worker: incarnation, tryId: `${incarnation}-${++tries}` };
      await say(dispatch.runId, 'StepStarted', said); // adopted: from here on our beats keep it, not the record
      const work = run(dispatch, message.value, said).catch(die).finally(() => open.delete(work));
      open.add(work);
    }
  }

  async function end() {
    await consumer.stop();
    await Promise.all(open);
    clearInterval(beating);
    await beat(true);
    await Promise.all([consumer.disconnect(), producer.disconnect(), admin.disconnect()]);
  }

  await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
  await register();
  await beat(false); // the world knows of us before we take work
  const unheard = (error) => console.error('A beat was not written:', error.message);
  const beating = setInterval(() => beat(false).catch(unheard), LEASE / 3);
  consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || die(payload.error));
  await consumer.subscribe({ topics: [topicOf(accepts.name)], fromBeginning: true });
  await consumer.run({ eachMessage: take });
  process.once('SIGTERM', () => end().catch(die)).once('SIGINT', () => end().catch(die));
  console.log(`Ready. workflow=${workflow} step=${step} incarnation=${incarnation}`);
}
