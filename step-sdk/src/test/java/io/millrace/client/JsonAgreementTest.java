package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.event.EventType;
import io.millrace.json.JsonMismatchException;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import io.millrace.serde.SchemaIds;
import io.millrace.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client and the API agree for every Avro type: what the API shows of an event, it takes back
 * as the same event, and generated classes read and write that event too. A failure names its seed;
 * say {@code -Djson.seed=N -Djson.schemas=COUNT} to look at others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonAgreementTest {
  private static final long FIRST = Long.getLong("json.seed", 1);
  private static final int SCHEMAS = Integer.getInteger("json.schemas", 40);
  private static final int EVENTS = 25;

  /** As the HTTP API reads bodies and writes answers. */
  private static final ObjectMapper API =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Map<String, String> config = Map.of("schema.registry.url", "mock://json-agreement");
  private final SchemaRegistry registry = SchemaRegistries.of(config);
  private final SchemaIds ids = new SchemaIds(registry, config, false);
  private final Namespace namespace = new Namespace("millrace");
  private final EventCodec codec = EventCodecs.of(config);
  private final EventValues values = new EventValues(codec, registry, ids, namespace);
  private GeneratedClasses classes;

  static LongStream seeds() {
    return LongStream.range(FIRST, FIRST + SCHEMAS);
  }

  @BeforeAll
  void generate(@TempDir Path folder) throws IOException {
    classes =
        GeneratedClasses.of(
            seeds().mapToObj(seed -> new RandomSchemas(seed).event()).toList(), folder);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_the_api_shows_it_takes_back_and_a_generated_class_reads_it(long seed)
      throws IOException {
    Schema schema = new RandomSchemas(seed).event();
    EventType type = codec.typeOf(classes.of(schema));
    for (int i = 0; i < EVENTS; i++) {
      byte[] bytes = framed(schema, event(schema, seed * 1000 + i));
      GenericRecord event = generic(schema, bytes);
      String shown = values.toJson(bytes);

      byte[] taken = take(schema, shown);
      byte[] written = codec.encode(codec.decode(taken, type), workflow(schema));

      String what = "seed %d, event %d: %s of %s".formatted(seed, i, shown, schema);
      assertThat(generic(schema, taken)).as("taken back, " + what).isEqualTo(event);
      assertThat(generic(schema, written)).as("by its class, " + what).isEqualTo(event);
      assertThat(API.readTree(values.toJson(written)))
          .as("shown again, " + what)
          .isEqualTo(API.readTree(shown));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_field_that_is_left_out_takes_its_default(long seed) throws IOException {
    Schema schema = new RandomSchemas(seed).event();
    for (int i = 0; i < EVENTS; i++) {
      GenericRecord event = event(schema, seed * 1000 + i);
      ObjectNode json = (ObjectNode) API.readTree(values.toJson(framed(schema, event)));
      for (Schema.Field field : schema.getFields()) {
        if (field.hasDefaultValue() || field.schema().isNullable()) {
          json.remove(field.name());
          event.put(
              field.pos(),
              field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : null);
        }
      }

      assertThat(generic(schema, take(schema, json.toString())))
          .as("seed %d, event %d: %s of %s", seed, i, json, schema)
          .isEqualTo(generic(schema, framed(schema, event)));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_does_not_fit_is_refused_with_the_path_of_the_field(long seed) throws IOException {
    Schema schema = new RandomSchemas(seed).event();
    for (int i = 0; i < EVENTS; i++) {
      JsonNode json = API.readTree(values.toJson(framed(schema, event(schema, seed * 1000 + i))));
      String path =
          new JsonBreaking(new Random(seed * 1000 + i)).breakOne((ObjectNode) json, schema);

      assertThatThrownBy(() -> take(schema, json.toString()))
          .as("seed %d, event %d: %s of %s", seed, i, json, schema)
          .isInstanceOfSatisfying(
              JsonMismatchException.class, e -> assertThat(e.path()).isEqualTo(path))
          .hasMessageContaining("'" + path + "'");
    }
  }

  private static GenericRecord event(Schema schema, long seed) {
    return (GenericRecord) Objects.requireNonNull(new RandomDatums(seed).value(schema, 0));
  }

  /** Each seed has its own, so that its events have topics of their own. */
  private static String workflow(Schema schema) {
    return schema.getNamespace().replace('.', '-');
  }

  private byte[] take(Schema schema, String json) throws IOException {
    // By way of a tree, as a request's body comes.
    JsonNode body = API.readTree(json);
    return values.fromJson(
        new EventDeclaration(
            schema.getName(), EventKind.EVENT, schema.toString(), false, List.of()),
        body.toString(),
        workflow(schema));
  }

  private byte[] framed(Schema schema, GenericRecord event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(event, encoder);
    encoder.flush();
    int id = ids.of(namespace.events(workflow(schema), schema.getName()), schema).id();
    return WireFormat.frame(id, out.toByteArray());
  }

  private GenericRecord generic(Schema schema, byte[] framed) throws IOException {
    Schema writer = registry.byId(WireFormat.schemaId(framed));
    GenericData model = new GenericData();
    int from = WireFormat.HEADER_BYTES;
    return new GenericDatumReader<GenericRecord>(writer, schema, model)
        .read(null, DecoderFactory.get().binaryDecoder(framed, from, framed.length - from, null));
  }
}
