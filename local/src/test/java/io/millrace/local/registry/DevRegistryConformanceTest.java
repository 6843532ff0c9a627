package io.millrace.local.registry;

import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import io.millrace.registry.SchemaRegistryConformance;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The client and the development registry, over HTTP. */
class DevRegistryConformanceTest {

  abstract static class OverHttp extends SchemaRegistryConformance {
    private final DevRegistry server = DevRegistry.start(DevRegistryConfig.ofDefaults());

    @Override
    protected final SchemaRegistry emptyRegistry() {
      return client(Map.of("schema.registry.url", server.url()));
    }

    abstract SchemaRegistry client(Map<String, String> config);

    @AfterEach
    final void stop() {
      server.close();
    }
  }

  @Nested
  class Direct extends OverHttp {
    @Override
    SchemaRegistry client(Map<String, String> config) {
      return SchemaRegistries.uncached(config);
    }
  }

  @Nested
  class Cached extends OverHttp {
    @Override
    SchemaRegistry client(Map<String, String> config) {
      return SchemaRegistries.of(config);
    }
  }
}
