package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasedSchemasTest {
  private static final int RECORDS = 500;

  @ParameterizedTest
  @MethodSource("io.millrace.serde.ProtocolRecords#all")
  void the_current_schema_is_the_newest_released_one(Class<? extends SpecificRecord> record) {
    assertThat(ProtocolRecords.isReleased(record))
        .as(
            "the schema of %s differs from the newest in %s: write a new version with ./mvnw -pl schemas test -Dtest=ReleaseSchemas -Dschemas.release=new (amend instead of new if no release has shipped the newest one)",
            record.getSimpleName(), ProtocolRecords.FOLDER)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.millrace.serde.ProtocolRecords#all")
  <T extends SpecificRecord>
      void random_data_of_every_released_version_is_read_by_the_current_class(Class<T> record) {
    ProtocolCodec<T> codec = ProtocolCodec.of(record);
    int version = 0;
    for (Schema writer : ReleasedSchemas.of(record)) {
      version++;
      RandomRecords records = new RandomRecords(version);
      for (int i = 0; i < RECORDS; i++) {
        byte[] bytes = singleObject(writer, records.binary(writer));

        T read = codec.decode(bytes);

        assertThat(codec.decode(codec.encode(read)))
            .as("%s version %d, record %d", record.getSimpleName(), version, i)
            .isEqualTo(read);
      }
    }
  }

  @Test
  void every_released_folder_belongs_to_a_record_that_is_tested_here() throws IOException {
    List<String> tested = ProtocolRecords.all().map(Class::getSimpleName).toList();

    try (Stream<Path> folders = Files.list(ProtocolRecords.FOLDER)) {
      assertThat(folders.map(f -> f.getFileName().toString())).isSubsetOf(tested);
    }
  }

  private static byte[] singleObject(Schema writer, byte[] body) {
    return ByteBuffer.allocate(10 + body.length)
        .put((byte) 0xC3)
        .put((byte) 0x01)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(SchemaNormalization.parsingFingerprint64(writer))
        .put(body)
        .array();
  }
}
