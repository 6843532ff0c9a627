package io.millrace.local.security;

import io.millrace.local.EmbeddedKafka;
import io.millrace.protocol.RightsTable.Right;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A broker that takes only TLS and SCRAM logins, and lets a user do only what it was given. */
final class GuardedBroker implements AutoCloseable {
  static final String PASSWORD = "changeit";
  private static final String ADMIN = "admin";
  private static final long PATIENCE_SECONDS = 30;

  private final Path store;
  private final EmbeddedKafka kafka;
  private final Admin admin;

  GuardedBroker(Path folder) throws Exception {
    this.store = keyPair(folder);
    this.kafka = start(store);
    this.admin = Admin.create(plain(config(ADMIN, "PLAIN", "plain.PlainLoginModule")));
  }

  private static Path keyPair(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "broker", "-keyalg", "EC"));
    command.addAll(List.of("-dname", "CN=broker", "-ext", "san=ip:127.0.0.1"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
    return store;
  }

  private static EmbeddedKafka start(Path store) {
    EmbeddedKafka.Builder broker = EmbeddedKafka.builder();
    Map.of(
            "listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "listener.name.plaintext.plain.sasl.jaas.config",
                login("plain.PlainLoginModule", ADMIN)
                    .replace(";", " user_admin=\"admin-secret\";"),
            "listener.name.plaintext.scram-sha-512.sasl.jaas.config",
                login("scram.ScramLoginModule", ADMIN),
            "authorizer.class.name", RecordingAuthorizer.class.getName(),
            // Nobody but the controller itself comes without a login.
            "super.users", "User:admin;User:ANONYMOUS")
        .forEach(broker::serverProperty);
    tls(store).forEach(broker::serverProperty);
    return broker.start();
  }

  private static Map<String, String> tls(Path store) {
    return Map.of(
        "ssl.keystore.location",
        store.toString(),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.keystore.type",
        "PKCS12",
        "ssl.truststore.location",
        store.toString(),
        "ssl.truststore.password",
        PASSWORD,
        "ssl.truststore.type",
        "PKCS12");
  }

  private static String login(String module, String user) {
    return "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s-secret\";"
        .formatted(module, user, user);
  }

  /** As a deployment of this user would be configured; the password is the name and -secret. */
  Map<String, String> config(String user) {
    return config(user, "SCRAM-SHA-512", "scram.ScramLoginModule");
  }

  private Map<String, String> config(String user, String mechanism, String module) {
    return Map.of(
        "bootstrap.servers",
        kafka.bootstrapServers(),
        "kafka.security.protocol",
        "SASL_SSL",
        "kafka.sasl.mechanism",
        mechanism,
        "kafka.sasl.jaas.config",
        login(module, user),
        "kafka.ssl.truststore.location",
        store.toString(),
        "kafka.ssl.truststore.password",
        PASSWORD,
        "kafka.ssl.truststore.type",
        "PKCS12");
  }

  /** For a client that is not Millrace's. */
  static Map<String, Object> plain(Map<String, String> config) {
    Map<String, Object> plain = new HashMap<>();
    config.forEach((key, value) -> plain.put(key.replaceFirst("^kafka\\.", ""), value));
    return plain;
  }

  /** Key and trust of the broker and whoever shares them. */
  Path store() {
    return store;
  }

  /** May do everything. */
  Admin admin() {
    return admin;
  }

  Map<String, Object> adminConfig() {
    return plain(config(ADMIN, "PLAIN", "plain.PlainLoginModule"));
  }

  void addUser(String user) throws Exception {
    UserScramCredentialAlteration user512 =
        new UserScramCredentialUpsertion(
            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), user + "-secret");
    admin.alterUserScramCredentials(List.of(user512)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void allow(String user, List<Right> rights) throws Exception {
    admin
        .createAcls(rights.stream().map(right -> right.of(user)).toList())
        .all()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
  }
}
