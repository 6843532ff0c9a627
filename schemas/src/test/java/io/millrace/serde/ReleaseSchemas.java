package io.millrace.serde;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes the current schema of each protocol record that differs from its newest released one.
 *
 * <pre>
 * ./mvnw -pl schemas test -Dtest=ReleaseSchemas -Dschemas.release=new     as the next version
 * ./mvnw -pl schemas test -Dtest=ReleaseSchemas -Dschemas.release=amend   over the newest one, which
 *                                                                         no release has shipped yet
 * </pre>
 */
@EnabledIfSystemProperty(named = "schemas.release", matches = "new|amend")
class ReleaseSchemas {
  @ParameterizedTest
  @MethodSource("io.millrace.serde.ProtocolRecords#all")
  void write(Class<? extends SpecificRecord> record) throws IOException {
    if (ProtocolRecords.isReleased(record)) {
      return;
    }
    int newest = ReleasedSchemas.of(record).size();
    boolean amend = "amend".equals(System.getProperty("schemas.release")) && newest > 0;
    Path file =
        ProtocolRecords.FOLDER
            .resolve(record.getSimpleName())
            .resolve((amend ? newest : newest + 1) + ".avsc");
    Files.createDirectories(file.getParent());
    Files.writeString(file, ProtocolRecords.current(record).toString(true) + "\n");
  }
}
