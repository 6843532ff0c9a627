package io.millrace.system;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What an auditor looks at: records of topics, names of topics, what groups have not read. */
interface Evidence extends AutoCloseable {
  /** All committed records; an error if there is no such topic. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic);

  Set<String> topics() throws ExecutionException, InterruptedException;

  /** As {@link Lag#ofGroups}. */
  Map<String, Long> lags(String prefix, Map<String, Set<String>> required)
      throws ExecutionException, InterruptedException;

  @Override
  void close();

  /** Kafka itself. */
  static Evidence of(Cluster cluster) {
    Admin admin = cluster.admin();
    return new Evidence() {
      @Override
      public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return TopicReading.all(cluster.outside(), topic);
      }

      @Override
      public Set<String> topics() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
      }

      @Override
      public Map<String, Long> lags(String prefix, Map<String, Set<String>> required)
          throws ExecutionException, InterruptedException {
        return new Lag(admin).ofGroups(prefix, required);
      }

      @Override
      public void close() {
        admin.close();
      }
    };
  }
}
