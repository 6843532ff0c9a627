package io.millrace.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The schemas under which a protocol record was ever released, shipped in the jar as {@code
 * released/<RecordName>/<n>.avsc}, n = 1, 2, ... without gaps.
 */
final class ReleasedSchemas {
  private ReleasedSchemas() {}

  /** Oldest first; empty for a record that was never released. */
  static List<Schema> of(Class<?> record) {
    List<Schema> schemas = new ArrayList<>();
    for (int n = 1; ; n++) {
      String path = "/released/" + record.getSimpleName() + "/" + n + ".avsc";
      try (InputStream file = record.getResourceAsStream(path)) {
        if (file == null) {
          return List.copyOf(schemas);
        }
        schemas.add(new Schema.Parser().parse(file));
      } catch (IOException e) {
        throw new UncheckedIOException("released schema " + path + " cannot be read", e);
      }
    }
  }
}
