package io.millrace.event;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;

/**
 * Reads events of one class that were written with one schema. Resolving two schemas is far dearer
 * than reading a record, and Avro caches the result per thread, which virtual threads defeat; so
 * resolved decoders are kept here and lent. Thread-safe.
 */
final class Readers {
  private static final int KEPT = 16;

  private record Lent(ResolvingDecoder resolving, BinaryDecoder binary) {}

  private final Schema writer;
  private final Schema reader;
  private final Binding.Reading reading;
  private final Queue<Lent> idle = new ArrayBlockingQueue<>(KEPT);

  /**
   * @throws IOException if the two schemas cannot be resolved
   */
  Readers(Schema writer, Binding binding) throws IOException {
    this.writer = writer;
    this.reader = binding.type().schema();
    this.reading = binding.reading(writer);
    giveBack(make());
  }

  Schema writer() {
    return writer;
  }

  Object read(byte[] bytes, int from) throws IOException {
    Lent lent = idle.poll();
    if (lent == null) {
      lent = make();
    }
    DecoderFactory factory = DecoderFactory.get();
    BinaryDecoder binary = factory.binaryDecoder(bytes, from, bytes.length - from, lent.binary());
    lent.resolving().configure(binary);
    Object event = reading.read(lent.resolving());
    lent.resolving().drain();
    // Only after success: a decoder that failed midway is in no known state.
    giveBack(new Lent(lent.resolving(), binary));
    return event;
  }

  private Lent make() throws IOException {
    BinaryDecoder binary = DecoderFactory.get().binaryDecoder(new byte[0], null);
    Schema aliased = Schema.applyAliases(writer, reader);
    return new Lent(DecoderFactory.get().resolvingDecoder(aliased, reader, binary), binary);
  }

  private void giveBack(Lent lent) {
    idle.offer(lent);
  }
}
