package io.millrace.json;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** Bytes as people and machines write them into JSON. */
final class Base64Text {
  private Base64Text() {}

  static String of(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Empty: the text is not base64. */
  static Optional<byte[]> parse(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      // The caller names the field.
      return Optional.empty();
    }
  }
}
