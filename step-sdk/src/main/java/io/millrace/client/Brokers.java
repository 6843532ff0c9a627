package io.millrace.client;

import io.millrace.BrokerRefusedException;
import io.millrace.BrokerUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Is anybody there. */
final class Brokers {
  private Brokers() {}

  /**
   * An admin client whose broker has answered once.
   *
   * @throws BrokerUnavailableException if none answers in time, or no address can be resolved
   * @throws BrokerRefusedException if it answers and refuses
   */
  static Admin connect(ClientSettings settings) {
    Admin admin;
    try {
      admin = Admin.create(settings.admin());
    } catch (ConfigException e) {
      throw e;
    } catch (KafkaException e) {
      throw unavailable(settings, e);
    }
    try {
      int millis = (int) Math.max(1, settings.brokerWait().toMillis());
      // The call's own timeout ends its retries; the outer one is for a broker that hangs.
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(millis))
          .nodes()
          .get(millis + 500L, TimeUnit.MILLISECONDS);
      return admin;
    } catch (InterruptedException e) {
      closeNow(admin);
      throw Deadline.interrupted(e);
    } catch (TimeoutException e) {
      closeNow(admin);
      throw unavailable(settings, e);
    } catch (ExecutionException e) {
      closeNow(admin);
      if (e.getCause() instanceof RetriableException) {
        throw unavailable(settings, e.getCause());
      }
      throw new BrokerRefusedException(
          "the broker at " + settings.brokers() + " refused: " + e.getMessage(), e.getCause());
    }
  }

  static BrokerUnavailableException unavailable(
      ClientSettings settings, @Nullable Throwable cause) {
    return new BrokerUnavailableException(
        "no Kafka broker answered at %s within %d ms; start one there, or set bootstrap.servers"
            .formatted(settings.brokers(), settings.brokerWait().toMillis()),
        cause);
  }

  private static void closeNow(Admin admin) {
    admin.close(java.time.Duration.ZERO);
  }
}
