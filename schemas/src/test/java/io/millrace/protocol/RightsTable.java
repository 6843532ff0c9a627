package io.millrace.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of rights in docs/operations.md, which tests hold to the truth by running with it. */
public final class RightsTable {
  private static final Path PAGE = Path.of("..", "docs", "operations.md");
  private static final String HEAD = "| who | resource | name | operations |";
  private static final Map<String, ResourceType> RESOURCES =
      Map.of(
          "topic", ResourceType.TOPIC,
          "topics", ResourceType.TOPIC,
          "group", ResourceType.GROUP,
          "groups", ResourceType.GROUP,
          "transactional", ResourceType.TRANSACTIONAL_ID);

  /** One operation on one resource. */
  public record Right(ResourcePattern resource, AclOperation operation) {
    /** Whether it allows this operation on this resource. */
    public boolean allows(AclOperation wanted, ResourceType type, String name) {
      boolean there =
          resource.patternType() == PatternType.PREFIXED
              ? name.startsWith(resource.name())
              : name.equals(resource.name());
      return there && type == resource.resourceType() && implies(wanted);
    }

    /** As Kafka keeps it. */
    public AclBinding of(String user) {
      return new AclBinding(
          resource,
          new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private boolean implies(AclOperation wanted) {
      boolean describes =
          operation == AclOperation.READ
              || operation == AclOperation.WRITE
              || operation == AclOperation.DELETE;
      return operation == wanted || (describes && wanted == AclOperation.DESCRIBE);
    }

    @Override
    public String toString() {
      return operation + " on " + resource.resourceType() + " " + resource.name();
    }
  }

  private RightsTable() {}

  /**
   * The rights of the rows that begin with {@code who}.
   *
   * @param names what stands for WORKFLOW and STEP
   */
  public static List<Right> of(String who, Map<String, String> names) {
    List<Right> rights = new ArrayList<>();
    for (String row : rows()) {
      String[] cells = row.split("\\|");
      if (cells[1].strip().equals(who)) {
        for (String name : cells[3].split(",")) {
          for (String operation : cells[4].split(",")) {
            rights.add(right(cells[2].strip(), filled(name, names), operation.strip()));
          }
        }
      }
    }
    if (rights.isEmpty()) {
      throw new IllegalStateException(PAGE + " has no rights of a " + who);
    }
    return rights;
  }

  private static Right right(String resource, String name, String operation) {
    ResourceType type =
        Optional.ofNullable(RESOURCES.get(resource.split(" ")[0]))
            .orElseThrow(() -> new IllegalStateException("what is a " + resource + "?"));
    PatternType pattern =
        resource.endsWith("beginning with") ? PatternType.PREFIXED : PatternType.LITERAL;
    String constant = operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    return new Right(new ResourcePattern(type, name, pattern), AclOperation.valueOf(constant));
  }

  private static String filled(String cell, Map<String, String> names) {
    String name = cell.strip().replace("`", "");
    for (Map.Entry<String, String> each : names.entrySet()) {
      name = name.replace(each.getKey(), each.getValue());
    }
    return name;
  }

  private static List<String> rows() {
    try {
      List<String> lines = Files.readAllLines(PAGE);
      int head = lines.indexOf(HEAD);
      if (head < 0) {
        throw new IllegalStateException(PAGE + " has no table " + HEAD);
      }
      return lines.subList(head + 2, lines.size()).stream()
          .takeWhile(line -> line.startsWith("|"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
