package io.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which branch of a union a value is of: the one that an object with a single field names, else the
 * first that fits.
 */
final class UnionReading {
  /**
   * @param branch its place in the union
   */
  private record Read(int branch, @Nullable Object datum) {}

  private final JsonReading reading;

  UnionReading(JsonReading reading) {
    this.reading = reading;
  }

  /**
   * @throws JsonMismatchException if no branch fits: with the complaint of the one that was meant,
   *     as far as that can be told
   */
  @Nullable Object read(JsonNode node, Schema union, String path) {
    return branch(node, union, path).datum();
  }

  /**
   * Whether this value, written without a name, would be read as one of the branch at this place.
   */
  boolean readsAs(JsonNode value, Schema union, int branch) {
    if (union.getTypes().size() == 2 && union.isNullable()) {
      // Nothing can be mistaken for null, and the names of fields are not looked at in vain.
      return named(value, union) < 0;
    }
    try {
      return branch(value, union, "").branch() == branch;
    } catch (JsonMismatchException e) {
      // Others may have written what is read nowhere, such as a UUID that is none: it is shown.
      return false;
    }
  }

  private Read branch(JsonNode node, Schema union, String path) {
    List<JsonMismatchException> complaints = new ArrayList<>();
    int named = named(node, union);
    if (named >= 0) {
      Map.Entry<String, JsonNode> only = node.properties().iterator().next();
      try {
        String where = JsonReading.join(path, only.getKey());
        return new Read(named, reading.value(only.getValue(), union.getTypes().get(named), where));
      } catch (JsonMismatchException e) {
        // It may be a map's or record's own field that has the name of a branch.
        complaints.add(e);
      }
    }
    for (int i = 0; i < union.getTypes().size(); i++) {
      Schema branch = union.getTypes().get(i);
      if ((branch.getType() == Schema.Type.NULL) != node.isNull()) {
        continue;
      }
      try {
        return new Read(i, reading.value(node, branch, path));
      } catch (JsonMismatchException e) {
        complaints.add(e);
      }
    }
    throw named >= 0 ? complaints.get(0) : clearest(complaints, node, union, path);
  }

  /** The place of the branch that an object with a single field names; else less than zero. */
  private static int named(JsonNode node, Schema union) {
    if (!node.isObject() || node.size() != 1) {
      return -1;
    }
    String name = node.fieldNames().next();
    return union.getTypes().stream().map(Schema::getFullName).toList().indexOf(name);
  }

  /** The only one that got as far as into the value, else all that the union would have taken. */
  private static JsonMismatchException clearest(
      List<JsonMismatchException> complaints, JsonNode node, Schema union, String path) {
    List<JsonMismatchException> inside =
        complaints.stream().filter(complaint -> !complaint.path().equals(path)).toList();
    if (inside.size() == 1) {
      return inside.get(0);
    }
    if (complaints.size() == 1) {
      return complaints.get(0);
    }
    return JsonReading.mismatch(node, path, JsonReading.describe(union));
  }
}
