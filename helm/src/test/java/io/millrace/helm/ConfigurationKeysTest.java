package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.app.CoordinatorConfig;
import io.millrace.worker.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/** Whatever the chart sets is a setting that somebody reads. */
final class ConfigurationKeysTest {
  private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-z0-9]*(\\.[a-z0-9]+)+)\"");

  /** A class that reads several keys names once what they begin with. */
  private static final Pattern PREFIX = Pattern.compile("String PREFIX = \"([a-z.]+\\.)\"");

  private static final Pattern PREFIXED = Pattern.compile("PREFIX \\+ \"([a-z.]+[a-z])\"");

  /** Strings that look like keys: a file's name, where that file is, a header, a service. */
  private static final Set<String> NO_SETTINGS =
      Set.of("millrace.properties", "millrace.config", "millrace.kind", "millrace.client");

  /** Kafka hides them as it hides keys, but everybody may see them. */
  private static final Set<String> CERTIFICATES =
      Set.of("ssl.keystore.certificate.chain", "ssl.truststore.certificates");

  @Test
  void the_schema_of_the_values_knows_exactly_the_keys_that_the_code_reads() throws IOException {
    Set<String> code = new TreeSet<>();
    for (String literal : literals()) {
      if (literal.startsWith("millrace.")) {
        code.add(literal);
      }
    }
    code.removeAll(NO_SETTINGS);
    code.removeIf(key -> key.startsWith("millrace.http.ssl.")); // by Kafka's names, all of them

    assertThat(schemaKeys(0)).containsExactlyInAnyOrderElementsOf(code);
  }

  @Test
  void the_foreign_keys_of_the_schema_are_read_by_the_code() throws IOException {
    assertThat(literals()).containsAll(schemaKeys(1));
  }

  @Test
  void every_variable_that_a_pod_gets_is_a_setting() throws IOException {
    Set<String> known = new HashSet<>(literals());
    Set<String> kafka = new HashSet<>(ProducerConfig.configNames());
    kafka.addAll(ConsumerConfig.configNames());
    kafka.addAll(AdminClientConfig.configNames());
    for (String key : kafka) {
      known.add("kafka." + key);
      if (key.startsWith("ssl.")) {
        // Read by the code that reads Kafka's own.
        known.add("schema.registry." + key);
        known.add("millrace.http." + key);
      }
    }

    for (Pod pod : Chart.render(Everything.ON).pods()) {
      assertThat(pod.settings()).isNotEmpty();
      assertThat(pod.config().asMap().keySet()).as(pod.name()).isSubsetOf(known);
    }
  }

  @Test
  void a_coordinator_is_told_what_the_values_say() {
    CoordinatorConfig config =
        CoordinatorConfig.from(Chart.render(Everything.ON).coordinator().config());

    assertThat(config.streaming().stateDir()).isEqualTo(Path.of("/var/lib/millrace"));
    assertThat(config.streaming().standbys()).isEqualTo(1);
    assertThat(config.streaming().threads()).isEqualTo(3);
    assertThat(config.topics().runRetention()).isEqualTo(Duration.ofDays(7));
    assertThat(config.checkWorkflows()).isFalse();
    assertThat(config.kafka()).containsEntry("client.rack", "a");
  }

  @Test
  void a_worker_is_told_what_the_values_say() {
    MillraceConfig told = Chart.render(Everything.ON).step("mill-grind-fine").config();
    WorkerConfig config = WorkerConfig.from(told);

    assertThat(config.version()).isEqualTo(3);
    assertThat(config.lease()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(told.text("millrace.concurrency")).contains("4");
    assertThat(told.text("millrace.task.source")).contains("group");
  }

  /** Kafka itself says which of its settings are secrets, with every version more of them. */
  @Test
  void no_secret_of_kafkas_is_taken_as_a_plain_value() {
    Set<String> secrets = new TreeSet<>();
    for (ConfigDef settings :
        List.of(
            ProducerConfig.configDef(),
            ConsumerConfig.configDef(),
            AdminClientConfig.configDef())) {
      for (ConfigKey setting : settings.configKeys().values()) {
        if (setting.type == ConfigDef.Type.PASSWORD) {
          secrets.add(setting.name);
        }
      }
    }
    secrets.removeAll(CERTIFICATES);

    assertThat(secrets)
        .contains("sasl.oauthbearer.client.credentials.client.secret", "sasl.jaas.config");
    for (String secret : secrets) {
      String values = "config: {kafka.%s: x}".formatted(secret);
      assertThat(Chart.refusal(values)).as(values).contains("would see that secret");
    }
  }

  private static Set<String> schemaKeys(int kind) throws IOException {
    JsonElement schema =
        JsonParser.parseString(Files.readString(Chart.FOLDER.resolve("values.schema.json")));
    Set<String> keys = new TreeSet<>();
    for (JsonElement key :
        Json.at(schema, "definitions.key.anyOf." + kind + ".enum").getAsJsonArray()) {
      keys.add(key.getAsString());
    }
    return keys;
  }

  /** Meters and attributes of spans have names that look like keys. */
  private static boolean mayReadSettings(Path inModule) {
    String path = inModule.toString().replace('\\', '/');
    boolean names = path.contains("/metrics/") || path.endsWith("/tracing/Keys.java");
    return path.endsWith(".java") && (!names || path.endsWith("Config.java"));
  }

  private static Set<String> literals() throws IOException {
    Set<String> literals = new TreeSet<>();
    for (String module : List.of("schemas", "step-sdk", "coordinator", "observe", "http")) {
      Path sources = Chart.FOLDER.resolveSibling(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> mayReadSettings(sources.relativize(path))).toList()) {
          String source = Files.readString(file);
          LITERAL.matcher(source).results().forEach(found -> literals.add(found.group(1)));
          Matcher prefix = PREFIX.matcher(source);
          if (prefix.find()) {
            PREFIXED
                .matcher(source)
                .results()
                .forEach(found -> literals.add(prefix.group(1) + found.group(1)));
          }
        }
      }
    }
    return literals;
  }
}
