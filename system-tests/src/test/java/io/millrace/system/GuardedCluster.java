package io.millrace.system;

import io.millrace.protocol.RightsTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A broker that takes SCRAM logins only and lets each user do what it was given, with a registry
 * and whatever processes a test adds, each with a user of its own.
 */
final class GuardedCluster implements AutoCloseable {
  private static final String ADMIN = "admin";
  private static final String MODULE = "org.apache.kafka.common.security.";
  private static final String REGISTRY_API = "/apis/ccompat/v7";

  private final Network network = Containers.network();
  private final int port = Ports.free();
  private final GenericContainer<?> broker = Broker.create(1, 1, port, network).withEnv(guarded());
  private final GenericContainer<?> registry =
      Containers.of(Images.registry(), "registry", network)
          .withEnv("QUARKUS_HTTP_PORT", "8080")
          .withExposedPorts(8080)
          .waitingFor(
              Wait.forHttp(REGISTRY_API + "/subjects")
                  .forPort(8080)
                  .withStartupTimeout(Duration.ofMinutes(3)));
  private final List<GenericContainer<?>> processes = new ArrayList<>();
  private final Admin admin;

  GuardedCluster() {
    broker.start();
    registry.start();
    admin = Admin.create(clientOf(ADMIN, "PLAIN", "plain.PlainLoginModule", "localhost:" + port));
  }

  private static Map<String, String> guarded() {
    Map<String, String> variables = new HashMap<>();
    variables.put(
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
        "HOST:SASL_PLAINTEXT,BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    variables.put("KAFKA_SASL_ENABLED_MECHANISMS", "SCRAM-SHA-512,PLAIN");
    variables.put("KAFKA_SASL_MECHANISM_INTER_BROKER_PROTOCOL", "PLAIN");
    variables.put(
        "KAFKA_AUTHORIZER_CLASS_NAME", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // Nobody but the controller itself comes without a login.
    variables.put("KAFKA_SUPER_USERS", "User:admin;User:ANONYMOUS");
    String plain =
        login("plain.PlainLoginModule", ADMIN).replace(";", " user_admin=\"admin-secret\";");
    for (String listener : List.of("HOST", "BROKER")) {
      String prefix = "KAFKA_LISTENER_NAME_" + listener;
      variables.put(prefix + "_PLAIN_SASL_JAAS_CONFIG", plain);
      variables.put(
          prefix + "_SCRAM___SHA___512_SASL_JAAS_CONFIG", login("scram.ScramLoginModule", ADMIN));
    }
    return variables;
  }

  private static String login(String module, String user) {
    return "%s%s required username=\"%s\" password=\"%s-secret\";"
        .formatted(MODULE, module, user, user);
  }

  private static Map<String, Object> clientOf(
      String user, String mechanism, String module, String bootstrap) {
    return Map.of(
        "bootstrap.servers",
        bootstrap,
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        mechanism,
        "sasl.jaas.config",
        login(module, user));
  }

  /** A plain Kafka client of this user, in this JVM. */
  Map<String, Object> kafka(String user) {
    return clientOf(user, "SCRAM-SHA-512", "scram.ScramLoginModule", "localhost:" + port);
  }

  /** Millrace's settings of this user, in this JVM. */
  Map<String, Object> millrace(String user) {
    Map<String, Object> settings = new HashMap<>();
    kafka(user)
        .forEach(
            (key, value) ->
                settings.put(key.equals("bootstrap.servers") ? key : "kafka." + key, value));
    settings.put(
        "schema.registry.url", "http://localhost:" + registry.getMappedPort(8080) + REGISTRY_API);
    return settings;
  }

  /** May do everything. */
  Admin admin() {
    return admin;
  }

  /** Makes a user with the rights that the documentation lists, and no others. */
  void addUser(String user, String who, Map<String, String> names) throws Exception {
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    user,
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                    user + "-secret")))
        .all()
        .get();
    allow(user, who, names);
  }

  /** Gives a user these rights too. */
  void allow(String user, String who, Map<String, String> names) throws Exception {
    admin
        .createAcls(RightsTable.of(who, names).stream().map(right -> right.of(user)).toList())
        .all()
        .get();
  }

  /** A process of this user, not started yet. */
  GenericContainer<?> process(String user, DockerImageName image, String... arguments) {
    GenericContainer<?> process =
        Containers.confined(image, user, network)
            .withEnv("MILLRACE_BOOTSTRAP_SERVERS", Broker.inside(1))
            .withEnv("MILLRACE_SCHEMA_REGISTRY_URL", "http://registry:8080" + REGISTRY_API)
            .withEnv("MILLRACE_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT")
            .withEnv("MILLRACE_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512")
            .withEnv("MILLRACE_KAFKA_SASL_JAAS_CONFIG", login("scram.ScramLoginModule", user))
            .withEnv("MILLRACE_HTTP_AUTH", "off");
    if (arguments.length > 0) {
      process.withCommand(arguments);
    }
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    admin.close();
    processes.parallelStream().forEach(Containers::close);
    Containers.close(registry);
    Containers.close(broker);
    network.close();
  }
}
