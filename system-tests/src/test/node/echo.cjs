// Reads the first record of a topic and writes the same event to another, with Confluent's client of the registry. Prints the event.
//   NODE_PATH=examples/node-step/node_modules node echo.cjs BROKERS REGISTRY FROM TO
const { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } = require('@confluentinc/schemaregistry');
const { Kafka, logLevel, Partitioners } = require('kafkajs');

const [brokers, registryUrl, from, to] = process.argv.slice(2);

async function echo(value) {
  const registry = new SchemaRegistryClient({ baseURLs: [registryUrl] });
  const event = await new AvroDeserializer(registry, SerdeType.VALUE, {}).deserialize(from, value);
  const { schema } = await registry.getLatestSchemaMetadata(`${from}-value`);
  await registry.register(`${to}-value`, { schemaType: 'AVRO', schema });
  return { event, bytes: await new AvroSerializer(registry, SerdeType.VALUE, { useLatestVersion: true }).serialize(to, event) };
}

async function main() {
  const kafka = new Kafka({ clientId: 'echo', brokers: brokers.split(','), logLevel: logLevel.WARN });
  const consumer = kafka.consumer({ groupId: `echo-${process.pid}` });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topics: [from], fromBeginning: true });
  const done = new Promise((resolve, reject) => {
    consumer.run({
      eachMessage: ({ message }) =>
        echo(message.value)
          .then(async ({ event, bytes }) => {
            await producer.send({ topic: to, acks: -1, messages: [{ key: message.key, value: bytes }] });
            resolve(event);
          })
          .catch(reject),
    });
  });
  console.log(JSON.stringify(await done));
  await Promise.all([consumer.disconnect(), producer.disconnect()]);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
