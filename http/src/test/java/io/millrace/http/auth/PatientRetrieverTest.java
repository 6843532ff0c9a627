package io.millrace.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatientRetrieverTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean(true);
  private final PatientRetriever retriever =
      new PatientRetriever(
          url -> {
            fetches.incrementAndGet();
            if (down.get()) {
              throw new IOException("no route");
            }
            return new Resource("{}", "application/json");
          },
          now::get);

  @Test
  void after_a_failure_nothing_is_fetched_for_a_while_and_then_again() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> retriever.retrieveResource(url()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no route");
    }
    assertThat(fetches).hasValue(1);

    down.set(false);
    now.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(retriever.retrieveResource(url()).getContent()).isEqualTo("{}");
    assertThat(retriever.retrieveResource(url()).getContent()).isEqualTo("{}");
    assertThat(fetches).hasValue(3);
  }

  private static URL url() throws IOException {
    return URI.create("http://127.0.0.1/keys").toURL();
  }
}
