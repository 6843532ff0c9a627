package io.millrace.coordinator.core;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes with structural equality. The core never looks inside a payload. */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);
  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** A copy of {@code value}. */
  public static Bytes copyOf(byte[] value) {
    return new Bytes(value.clone());
  }

  /** Takes {@code value} over without a copy: the caller must not change it any more. */
  public static Bytes wrap(byte[] value) {
    return new Bytes(value);
  }

  /** The bytes themselves, not a copy; callers must not change them. */
  public byte[] array() {
    return value;
  }

  public int size() {
    return value.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return value.length <= 16 ? HexFormat.of().formatHex(value) : value.length + " bytes";
  }
}
