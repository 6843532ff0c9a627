package io.millrace.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Makes one value of a fitting JSON wrong, or adds one that no field is for. */
final class JsonBreaking {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A value that can be replaced. */
  private record Place(String path, Schema schema, JsonNode value, Consumer<JsonNode> replace) {}

  private final Random random;

  JsonBreaking(Random random) {
    this.random = random;
  }

  /** The path of what is wrong now. */
  String breakOne(ObjectNode event, Schema schema) {
    List<Place> places = new ArrayList<>();
    List<Place> records = new ArrayList<>();
    records.add(new Place("", schema, event, value -> {}));
    fields(event, schema, "", places, records);
    if (random.nextInt(5) == 0) {
      Place record = records.get(random.nextInt(records.size()));
      ((ObjectNode) record.value()).put("nobodys", 1);
      return join(record.path(), "nobodys");
    }
    Place place = places.get(random.nextInt(places.size()));
    place.replace().accept(wrong(place.schema()));
    return place.path();
  }

  /** No branch of a union is an array here unless one of its own says so. */
  private static JsonNode wrong(Schema schema) {
    return schema.getType() == Schema.Type.ARRAY
        ? NODES.objectNode().put("no", "array")
        : NODES.arrayNode().add(NODES.arrayNode());
  }

  private void fields(
      ObjectNode object, Schema record, String path, List<Place> places, List<Place> records) {
    for (Schema.Field field : record.getFields()) {
      value(
          new Place(
              join(path, field.name()),
              field.schema(),
              object.get(field.name()),
              wrong -> object.set(field.name(), wrong)),
          places,
          records);
    }
  }

  private void value(Place place, List<Place> places, List<Place> records) {
    Schema schema = place.schema();
    if (schema.isUnion()) {
      List<Schema> values =
          schema.getTypes().stream().filter(each -> each.getType() != Schema.Type.NULL).toList();
      if (values.size() == 1 && !place.value().isNull()) {
        value(
            new Place(place.path(), values.get(0), place.value(), place.replace()),
            places,
            records);
      } else if (values.stream().noneMatch(each -> each.getType() == Schema.Type.ARRAY)) {
        places.add(place);
      }
      return;
    }
    places.add(place);
    switch (schema.getType()) {
      case RECORD:
        if (place.value() instanceof ObjectNode object) {
          records.add(place);
          fields(object, schema, place.path(), places, records);
        }
        break;
      case ARRAY:
        for (int i = 0; i < place.value().size(); i++) {
          int index = i;
          ArrayNode array = (ArrayNode) place.value();
          value(
              new Place(
                  place.path() + "[" + i + "]",
                  schema.getElementType(),
                  array.get(i),
                  wrong -> array.set(index, wrong)),
              places,
              records);
        }
        break;
      case MAP:
        ObjectNode map = (ObjectNode) place.value();
        map.fieldNames()
            .forEachRemaining(
                key ->
                    value(
                        new Place(
                            join(place.path(), key),
                            schema.getValueType(),
                            map.get(key),
                            wrong -> map.set(key, wrong)),
                        places,
                        records));
        break;
      default:
        break;
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
