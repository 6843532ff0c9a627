package io.millrace.coordinator.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-256 over a sequence of fields. Each is preceded by its length, so that no two sequences look
 * alike.
 */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  static Fingerprint of(String... fields) {
    Fingerprint fingerprint = new Fingerprint();
    for (String field : fields) {
      fingerprint.add(field);
    }
    return fingerprint;
  }

  Fingerprint add(String field) {
    return add(field.getBytes(StandardCharsets.UTF_8));
  }

  Fingerprint add(Bytes field) {
    return add(field.array());
  }

  Fingerprint add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  private Fingerprint add(byte[] field) {
    add(field.length);
    digest.update(field);
    return this;
  }

  /** Adds bytes without their length: for a digest that others compute over plain bytes. */
  Fingerprint addPlain(Bytes bytes) {
    digest.update(bytes.array());
    return this;
  }

  /** 128 bits, 32 lower-case hex digits. Ends this fingerprint. */
  String hex() {
    return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 16));
  }

  /** The first 8 bytes, big-endian. Ends this fingerprint. */
  long first8() {
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
