package io.millrace.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Rewrites Avro binary of one schema as another that can read it. */
public final class AvroTranscoder {
  private AvroTranscoder() {}

  /**
   * The same value in the target schema: fields matched by name, missing ones from their defaults.
   *
   * @throws MalformedRecordException if the target cannot read the source's data
   */
  public static byte[] transcode(byte[] binary, Schema source, Schema target) {
    // No conversions: logical types stay the numbers and bytes that they are stored as.
    GenericData plain = new GenericData();
    try {
      Object value =
          new GenericDatumReader<>(source, target, plain)
              .read(null, DecoderFactory.get().binaryDecoder(binary, null));
      ByteArrayOutputStream out = new ByteArrayOutputStream(binary.length + 16);
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(target, plain).write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (AvroRuntimeException e) {
      throw MalformedRecordException.unresolvable(source.getFullName(), target.getFullName(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading and writing memory failed", e);
    }
  }
}
