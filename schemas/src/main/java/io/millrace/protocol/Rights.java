package io.millrace.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * What a process must be allowed to do, asked of the broker before it begins: otherwise a missing
 * right is found when the first record is refused, far from where somebody looks. For one thread.
 */
public final class Rights {
  private static final Pattern USER = Pattern.compile("username=\"?([^\"\\s;]+)");

  private final String who;
  private final String principal;
  private final Map<String, List<AclOperation>> topics = new LinkedHashMap<>();
  private final Map<String, List<AclOperation>> groups = new LinkedHashMap<>();

  private Rights(String who, String principal) {
    this.who = who;
    this.principal = principal;
  }

  /**
   * @param who for the message, for instance {@code this worker}
   * @param kafka settings of the clients, which may tell the principal's name
   */
  public static Rights of(String who, Map<String, ?> kafka) {
    Matcher user = USER.matcher(String.valueOf(kafka.get("sasl.jaas.config")));
    return new Rights(who, user.find() ? "User:" + user.group(1) : "its principal");
  }

  /** Needs these on a topic; a topic that does not exist yet is passed over. */
  public Rights onTopic(String topic, AclOperation... needed) {
    topics.put(topic, Arrays.asList(needed));
    return this;
  }

  /** Needs these on a group. */
  public Rights onGroup(String group, AclOperation... needed) {
    groups.put(group, Arrays.asList(needed));
    return this;
  }

  /**
   * Returns if all is allowed, or the broker does not tell.
   *
   * @throws MissingRightsException naming every right that is missing
   * @throws ExecutionException if the broker does not answer
   * @throws InterruptException if interrupted; the flag stays set
   */
  public void check(Admin admin) throws ExecutionException {
    List<String> missing = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> foundTopics =
        admin
            .describeTopics(
                topics.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (Map.Entry<String, List<AclOperation>> topic : topics.entrySet()) {
      KafkaFuture<TopicDescription> found = Objects.requireNonNull(foundTopics.get(topic.getKey()));
      compare(
          "topic " + topic.getKey(),
          topic.getValue(),
          found.thenApply(TopicDescription::authorizedOperations),
          missing);
    }
    Map<String, KafkaFuture<ConsumerGroupDescription>> foundGroups =
        admin
            .describeConsumerGroups(
                groups.keySet(),
                new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
            .describedGroups();
    for (Map.Entry<String, List<AclOperation>> group : groups.entrySet()) {
      KafkaFuture<ConsumerGroupDescription> found =
          Objects.requireNonNull(foundGroups.get(group.getKey()));
      compare(
          "group " + group.getKey(),
          group.getValue(),
          found.thenApply(ConsumerGroupDescription::authorizedOperations),
          missing);
    }
    if (!missing.isEmpty()) {
      throw new MissingRightsException(who, principal, missing);
    }
  }

  /** The exception for a right that turned out to be missing. */
  public MissingRightsException missing(String resource, AclOperation... needed) {
    return new MissingRightsException(who, principal, List.of(text(List.of(needed), resource)));
  }

  private static void compare(
      String resource,
      List<AclOperation> needed,
      KafkaFuture<@Nullable Set<AclOperation>> answer,
      List<String> missing)
      throws ExecutionException {
    Optional<Set<AclOperation>> allowed = allowed(answer);
    if (allowed.isPresent()) {
      List<AclOperation> lacking = new ArrayList<>(needed);
      lacking.removeAll(allowed.get());
      if (!lacking.isEmpty()) {
        missing.add(text(lacking, resource));
      }
    }
  }

  /** Empty if there is nothing to say about the resource. */
  private static Optional<Set<AclOperation>> allowed(
      KafkaFuture<@Nullable Set<AclOperation>> answer) throws ExecutionException {
    try {
      return Optional.ofNullable(answer.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Optional.of(Set.of());
      }
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw e;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static String text(List<AclOperation> operations, String resource) {
    return operations.stream().map(Rights::text).collect(Collectors.joining(" and "))
        + " on "
        + resource;
  }

  /** As kafka-acls.sh spells it. */
  private static String text(AclOperation operation) {
    return Arrays.stream(operation.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
