package io.millrace.http;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS by Kafka's standard keys under {@code millrace.http.ssl.}: key store with location, password
 * and type (JKS, PKCS12, PEM), read by the code that reads Kafka's own.
 */
final class HttpTls {
  private static final String PREFIX = "millrace.http.";

  private HttpTls() {}

  /** Empty if nothing under {@code millrace.http.ssl.} is set. */
  static Optional<SSLContext> from(MillraceConfig config) {
    Map<String, Object> given = new HashMap<>();
    config
        .asMap()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX + "ssl.")) {
                given.put(key.substring(PREFIX.length()), value);
              }
            });
    if (given.isEmpty()) {
      return Optional.empty();
    }
    ConfigDef keys = new ConfigDef();
    SslConfigs.addClientSslSupport(keys);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(keys.parse(given));
      if (factory.keystore() == null) {
        throw new InvalidConfigException(
            PREFIX + "ssl.keystore.location", "is needed: a server shows its certificate");
      }
      return Optional.of(factory.sslContext());
    } catch (KafkaException e) {
      throw new InvalidConfigException(
          PREFIX + "ssl.keystore.location",
          "names a key store that cannot be used (%s); check location, password and type"
              .formatted(e.getMessage()),
          e);
    }
  }
}
