package io.millrace.registry;

import java.util.Map;
import java.util.Optional;

/** Makes the registry that a configuration names. */
public final class SchemaRegistries {
  private SchemaRegistries() {}

  /**
   * The registry at {@code schema.registry.url}: {@code http(s)://host:port}, several separated by
   * commas, or {@code mock://scope} for one inside this JVM. Ids and schemas are cached. Other
   * keys: {@code basic.auth.credentials.source} (USER_INFO or URL), {@code basic.auth.user.info},
   * {@code schema.registry.ssl.*}, {@code max.retries}, {@code retries.wait.ms}, {@code
   * retries.max.wait.ms}, {@code http.connect.timeout.ms}, {@code http.read.timeout.ms}. Nothing is
   * sent yet.
   *
   * @throws InvalidRegistryConfigException if a value is missing or makes no sense
   */
  public static SchemaRegistry of(Map<String, ?> config) {
    return new CachingSchemaRegistry(uncached(config));
  }

  /** The same without a cache, for tools that must see what the registry holds now. */
  public static SchemaRegistry uncached(Map<String, ?> config) {
    Optional<String> url = new Settings(config).text(RegistryEndpoint.URL_KEY);
    return url.isPresent() && url.get().startsWith(MockSchemaRegistry.PREFIX)
        ? new MockSchemaRegistry(url.get())
        : new HttpSchemaRegistry(config);
  }

  /** Forgets the contents of a {@code mock://scope} for registries made from now on. */
  public static void dropMock(String url) {
    MockSchemaRegistry.drop(url);
  }
}
