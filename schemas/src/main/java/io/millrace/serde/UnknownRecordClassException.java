package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * {@code specific.avro.reader} is on and the writer's schema names no generated class found here.
 */
public final class UnknownRecordClassException extends SerializationException {
  UnknownRecordClassException(String name, @Nullable Throwable cause) {
    super(
        "schema %s has no generated record class on the class path: add it, or set specific.avro.reader=false"
            .formatted(name),
        cause);
  }
}
