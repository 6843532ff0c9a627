package io.millrace.worker;

import io.millrace.protocol.Rights;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TaskSourceKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure, before a step's first member comes, that its group is of the right kind and begins
 * where it should. May be repeated.
 */
final class StepGroups {
  private static final Logger LOG = LoggerFactory.getLogger(StepGroups.class);
  private static final String SHARE_FEATURE = "share.version";
  private static final String RESET = "share.auto.offset.reset";
  private static final String EARLIEST = "earliest";

  /**
   * Law 4 rests on the first. Records are held for a moment only, so the shortest lock that brokers
   * allow gives those of a lost machine to others soonest; and the highest delivery count, because
   * a record that may have come before is adopted before its code runs, which counts lost workers
   * better than the broker can.
   */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              RESET,
              EARLIEST,
              "share.record.lock.duration.ms",
              "15000",
              "share.delivery.count.limit",
              "10"));

  private final Admin admin;
  private final Rights rights;

  /**
   * @param rights words the lack of one
   */
  StepGroups(Admin admin, Rights rights) {
    this.admin = admin;
    this.rights = rights;
  }

  /**
   * @throws io.millrace.protocol.MissingRightsException if the group's settings may not be read or
   *     written
   * @throws UnsupportedTaskSourceException if the cluster has no share groups, and one is needed
   * @throws TaskSourceConflictException if the group exists and is of the other kind
   */
  void prepare(StepRegistration step) throws ExecutionException, InterruptedException {
    String group = step.getGroupId();
    try {
      prepare(step, group);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        throw step.getTaskSource() == TaskSourceKind.GROUP
            ? rights.missing("group " + group, AclOperation.READ)
            : rights.missing(
                "group " + group,
                AclOperation.READ,
                AclOperation.DESCRIBE_CONFIGS,
                AclOperation.ALTER_CONFIGS);
      }
      throw e;
    }
  }

  private void prepare(StepRegistration step, String group)
      throws ExecutionException, InterruptedException {
    if (step.getTaskSource() == TaskSourceKind.GROUP) {
      if (isShareGroup(group)) {
        throw new TaskSourceConflictException(step.getStep(), group, TaskSourceKind.GROUP);
      }
      return;
    }
    if (!hasShareGroups()) {
      throw new UnsupportedTaskSourceException(step.getStep());
    }
    if (isConsumerGroup(group)) {
      throw new TaskSourceConflictException(step.getStep(), group, TaskSourceKind.SHARE);
    }
    configure(group);
  }

  private boolean hasShareGroups() throws ExecutionException, InterruptedException {
    FeatureMetadata features = admin.describeFeatures().featureMetadata().get();
    FinalizedVersionRange share = features.finalizedFeatures().get(SHARE_FEATURE);
    return share != null && share.maxVersionLevel() > 0;
  }

  private boolean isShareGroup(String group) throws ExecutionException, InterruptedException {
    return exists(
        admin
            .describeShareGroups(List.of(group))
            .all()
            .thenApply(
                groups ->
                    groups.values().stream()
                        .anyMatch(found -> found.groupState() != GroupState.DEAD)));
  }

  private boolean isConsumerGroup(String group) throws ExecutionException, InterruptedException {
    return exists(
        admin
            .describeConsumerGroups(List.of(group))
            .all()
            .thenApply(
                groups ->
                    groups.values().stream()
                        .anyMatch(found -> found.groupState() != GroupState.DEAD)));
  }

  /** Older brokers describe a group that they do not know as dead; newer ones refuse. */
  private static boolean exists(KafkaFuture<Boolean> found)
      throws ExecutionException, InterruptedException {
    try {
      return found.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException
          || e.getCause() instanceof UnsupportedVersionException) {
        return false;
      }
      throw e;
    }
  }

  private void configure(String group) throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    Map<String, String> present = present(resource);
    for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
      if (!present.containsKey(setting.getKey())) {
        set(resource, setting.getKey(), setting.getValue());
      }
    }
    String reset = present.getOrDefault(RESET, EARLIEST);
    if (!reset.equals(EARLIEST)) {
      LOG.warn(
          "Somebody has set where this share group begins; if it is new, it skips what was"
              + " dispatched before, until that is dispatched again. group={} {}={}",
          group,
          RESET,
          reset);
    }
  }

  /** What somebody has set for this group. */
  private Map<String, String> present(ConfigResource resource)
      throws ExecutionException, InterruptedException {
    return admin.describeConfigs(Set.of(resource)).all().get().values().stream()
        .flatMap(config -> config.entries().stream())
        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_GROUP_CONFIG)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private void set(ConfigResource resource, String name, String value)
      throws ExecutionException, InterruptedException {
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    try {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    } catch (ExecutionException e) {
      if (name.equals(RESET) || !(e.getCause() instanceof InvalidConfigurationException)) {
        throw e;
      }
      LOG.warn(
          "The cluster does not allow a setting of this share group; its own default holds. group={}"
              + " {}={} reason={}",
          resource.name(),
          name,
          value,
          e.getCause().getMessage());
    }
  }
}
