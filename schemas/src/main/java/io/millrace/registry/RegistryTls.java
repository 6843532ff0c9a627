package io.millrace.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS by the standard keys under {@code schema.registry.ssl.}: trust store and key store with
 * location, password and type (JKS, PKCS12, PEM), read by the code that reads Kafka's own.
 */
final class RegistryTls {
  private static final String PREFIX = "schema.registry.";

  private RegistryTls() {}

  /** Empty if nothing under {@code schema.registry.ssl.} is set: then the JVM's default holds. */
  static Optional<SSLContext> from(Map<String, ?> config) {
    Map<String, Object> given = new HashMap<>();
    for (Map.Entry<String, ?> e : config.entrySet()) {
      if (e.getKey().startsWith(PREFIX + "ssl.") && e.getValue() != null) {
        given.put(e.getKey().substring(PREFIX.length()), e.getValue());
      }
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    ConfigDef keys = new ConfigDef();
    SslConfigs.addClientSslSupport(keys);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(keys.parse(given));
      return Optional.of(factory.sslContext());
    } catch (ConfigException e) {
      throw new InvalidRegistryConfigException(
          PREFIX + "ssl.*", "cannot be used: " + e.getMessage(), e);
    } catch (KafkaException e) {
      throw new InvalidRegistryConfigException(
          PREFIX + "ssl.*",
          "names a key or trust store that cannot be read (%s): check location, password and type"
              .formatted(e.getMessage()),
          e);
    }
  }
}
