package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * The digest by which a completion names the chunks shipped ahead of it (law 6): the first 8 bytes,
 * big-endian, of the SHA-256 over the encoded effects of chunk 0, 1, 2 and so on. Both sides encode
 * with {@link #encode}; for this to give the same bytes in newer code, kinds of effects are only
 * ever appended to the union in {@link Effect}, and the fields of released kinds never change; what
 * an event has been given since, its trace context, is left out. Thread-safe.
 */
public final class ChunkDigest {
  private static final String GIVEN_SINCE = "traceparent";
  private static final Schema EFFECTS = Schema.createArray(asFirstReleased());

  private ChunkDigest() {}

  private static Schema asFirstReleased() {
    try {
      JsonNode effect = new ObjectMapper().readTree(Effect.getClassSchema().toString());
      leaveOut(effect);
      return new Schema.Parser().parse(effect.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema of ours is not JSON", e);
    }
  }

  private static void leaveOut(JsonNode schema) {
    Iterator<JsonNode> parts = schema.elements();
    while (parts.hasNext()) {
      JsonNode part = parts.next();
      if (part.path("name").asText().equals(GIVEN_SINCE)) {
        parts.remove();
      } else {
        leaveOut(part);
      }
    }
  }

  /** One chunk's effects as a plain Avro binary array, in one block. */
  public static byte[] encode(List<Effect> effects) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<List<Effect>>(EFFECTS).write(effects, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }

  /** Of what {@link #encode} gave for each chunk, in order of index; 0 without chunks. */
  public static long digest(Iterable<byte[]> encodedChunks) {
    MessageDigest sha = sha256();
    boolean any = false;
    for (byte[] chunk : encodedChunks) {
      sha.update(chunk);
      any = true;
    }
    return any ? first8(sha) : 0;
  }

  /**
   * For whoever does not keep the chunks: feed it each {@link #encode}d chunk, then {@link
   * #first8}.
   */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Ends {@code sha} and returns its first 8 bytes, big-endian. */
  public static long first8(MessageDigest sha) {
    return ByteBuffer.wrap(sha.digest()).getLong();
  }
}
