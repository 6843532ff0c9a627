package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.serde.testing.Channel;
import io.millrace.serde.testing.Digest;
import io.millrace.serde.testing.Order;
import io.millrace.serde.testing.OrderLine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class ProtocolCodecTest {
  private final ProtocolCodec<Order> codec = ProtocolCodec.of(Order.class, List.of());

  static Order order(String id) {
    return Order.newBuilder()
        .setId(id)
        .setTotal(12)
        .setLines(List.of(new OrderLine("sieve", 3), new OrderLine("sack", 40)))
        .setWeights(Map.of("sack", 25.5))
        .setAttachment(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .setChannel(Channel.SHOP)
        .setDigest(new Digest(new byte[16]))
        .setPaid(true)
        .setDiscount(0.5f)
        .build();
  }

  @Test
  void a_record_comes_back_as_it_was() {
    Order order = order("a-1");

    assertThat(codec.decode(codec.encode(order))).isEqualTo(order);
  }

  @Test
  void a_record_of_an_earlier_release_is_read_with_defaults_and_without_what_went()
      throws Exception {
    Schema earlier =
        new Schema.Parser()
            .parse(
                Order.getClassSchema()
                    .toString()
                    .replace(
                        ",{\"name\":\"note\",\"type\":[\"null\",{\"type\":\"string\",\"avro.java.string\":\"String\"}],\"default\":null}",
                        ",{\"name\":\"gone\",\"type\":\"string\"}"));
    GenericData.Record record = new GenericData.Record(earlier);
    Order order = order("a-1");
    for (Schema.Field field : earlier.getFields()) {
      record.put(field.pos(), field.name().equals("gone") ? "x" : order.get(field.name()));
    }
    ByteBuffer bytes = new BinaryMessageEncoder<>(GenericData.get(), earlier).encode(record);

    Order read = ProtocolCodec.of(Order.class, List.of(earlier)).decode(bytes.array());

    assertThat(read).isEqualTo(order);
    assertThatThrownBy(() -> codec.decode(bytes.array()))
        .isInstanceOf(UnreadableProtocolRecordException.class)
        .hasMessageContaining("fingerprint");
  }

  @Test
  void F5_every_truncation_is_named() {
    byte[] bytes = codec.encode(order("a-1"));

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(cut))
          .isInstanceOf(UnreadableProtocolRecordException.class);
    }
  }

  @Test
  void F5_trailing_bytes_are_named() {
    byte[] bytes = codec.encode(order("a-1"));

    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(UnreadableProtocolRecordException.class)
        .hasMessageContaining("Order")
        .hasMessageContaining("1 bytes are left over");
  }

  @Test
  void F5_another_record_and_garbage_are_named() {
    byte[] line = ProtocolCodec.of(OrderLine.class).encode(new OrderLine("sieve", 3));

    assertThatThrownBy(() -> codec.decode(line))
        .isInstanceOf(UnreadableProtocolRecordException.class)
        .hasMessageContaining("no released version of Order");
    assertThatThrownBy(() -> codec.decode("hello, world".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableProtocolRecordException.class)
        .hasMessageContaining("single-object");
  }

  @Test
  void F5_damaged_bytes_are_read_or_named_and_nothing_else() {
    long seed = 20261123;
    Random random = new Random(seed);
    RandomRecords records = new RandomRecords(seed);
    byte[] header = Arrays.copyOf(codec.encode(order("a-1")), 10);

    for (int i = 0; i < 20_000; i++) {
      byte[] body = records.binary(Order.getClassSchema());
      for (int damage = 1 + random.nextInt(4); damage > 0; damage--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      byte[] bytes = ByteBuffer.allocate(10 + body.length).put(header).put(body).array();
      try {
        codec.decode(bytes);
      } catch (UnreadableProtocolRecordException named) {
        assertThat(named).hasMessageContaining("Order");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed %d, round %d".formatted(seed, i), e);
      }
    }
  }

  @Test
  void random_records_of_the_current_schema_are_read() {
    byte[] header = Arrays.copyOf(codec.encode(order("a-1")), 10);
    RandomRecords records = new RandomRecords(7);

    for (int i = 0; i < 2_000; i++) {
      byte[] body = records.binary(Order.getClassSchema());
      byte[] bytes = ByteBuffer.allocate(10 + body.length).put(header).put(body).array();
      Order order = codec.decode(bytes);
      assertThat(codec.decode(codec.encode(order))).isEqualTo(order);
    }
  }

  @Test
  void F5_a_hostile_length_costs_nothing() {
    byte[] header = Arrays.copyOf(codec.encode(order("a-1")), 10);
    // The first field is a string: a length of 2^31 - 9, the most that Java might allocate.
    byte[] length = {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    byte[] bytes = ByteBuffer.allocate(15).put(header).put(length).array();

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(UnreadableProtocolRecordException.class)
        .hasMessageContaining("a length of 2147483639 where 0 bytes remain");
  }

  @Test
  void F5_nesting_without_end_is_named_and_the_deepest_allowed_is_read() {
    assertThat(codec.decode(codec.encode(chain(250))).getId()).isEqualTo("250");
    byte[] deep = codec.encode(chain(300));

    assertThatThrownBy(() -> codec.decode(deep))
        .isInstanceOf(UnreadableProtocolRecordException.class)
        .hasMessageContaining("nested deeper");
  }

  private static Order chain(int length) {
    Order order = order("0");
    for (int i = 1; i <= length; i++) {
      order = Order.newBuilder(order(String.valueOf(i))).setNext(order).build();
    }
    return order;
  }

  @Test
  void one_codec_serves_many_threads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Order order = order("o-" + i);
        work.add(() -> codec.decode(codec.encode(order)).equals(order));
      }
      for (Future<Boolean> result : threads.invokeAll(work)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void items_without_content_are_counted() {
    Schema nulls = SchemaBuilder.array().items().nullType();
    // One block of 2^31 nulls, then the end.
    byte[] bytes = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x10, 0};

    assertThatThrownBy(() -> AvroBinaryCheck.check(nulls, bytes, 0, bytes.length))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("items without content");
  }
}
