package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A registry that asks for a client certificate; one self-signed key pair plays server and client,
 * and vouches for itself.
 */
class RegistryTlsTest {
  private static final String PASSWORD = "changeit";

  private static Path store = Path.of("");

  private final HttpsServer server;

  RegistryTlsTest() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeAll
  static void makeKeyPair(@TempDir Path folder) throws Exception {
    store = folder.resolve("store.p12");
    keytool("-genkeypair -alias localhost -keyalg EC -dname CN=localhost -ext san=dns:localhost");
  }

  @BeforeEach
  void start() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    byte[] answer = "{\"schema\":\"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void keytool(String arguments) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String command =
        "%s %s -keystore %s -storetype PKCS12 -storepass %s"
            .formatted(tool, arguments, store, PASSWORD);
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private String url() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  @Test
  void the_standard_keys_give_trust_and_identity() {
    SchemaRegistry registry =
        SchemaRegistries.of(
            Map.of(
                "schema.registry.url",
                url(),
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD,
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.keystore.location",
                store.toString(),
                "schema.registry.ssl.keystore.password",
                PASSWORD,
                "schema.registry.ssl.keystore.type",
                "PKCS12",
                "schema.registry.ssl.key.password",
                PASSWORD));

    assertThat(registry.byId(1)).isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_an_outage_with_its_reason() {
    SchemaRegistry registry =
        SchemaRegistries.of(Map.of("schema.registry.url", url(), "max.retries", "0"));

    assertThatThrownBy(() -> registry.byId(1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("SSLHandshakeException");
  }

  @Test
  void a_wrong_password_is_refused_at_once_and_not_shown() {
    assertThatThrownBy(
            () ->
                SchemaRegistries.of(
                    Map.of(
                        "schema.registry.url",
                        url(),
                        "schema.registry.ssl.truststore.location",
                        store.toString(),
                        "schema.registry.ssl.truststore.password",
                        "tellnobody",
                        "schema.registry.ssl.truststore.type",
                        "PKCS12")))
        .isInstanceOf(InvalidRegistryConfigException.class)
        .hasMessageContaining(store.toString())
        .hasMessageNotContaining("tellnobody");
  }
}
