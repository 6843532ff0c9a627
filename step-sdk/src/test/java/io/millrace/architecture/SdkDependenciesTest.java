package io.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a step author gets on the class path is chosen, and stays so. */
class SdkDependenciesTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/schemas/"))
          .withImportOption(location -> !location.contains("millrace-schemas"))
          .importPackages("io.millrace");

  @Test
  void the_sdk_uses_only_the_listed_libraries() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "io.millrace..",
            "org.apache.kafka..",
            "org.apache.avro..",
            "com.fasterxml.jackson..",
            "org.slf4j..",
            "org.jspecify..")
        .check(MAIN);
  }

  @Test
  void the_sdk_knows_nothing_of_the_coordinator_or_the_local_stack() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.coordinator..", "io.millrace.local..", "io.millrace.cli..")
        .check(MAIN);
  }

  @Test
  void events_and_steps_know_nothing_of_workers_clients_or_tests() {
    noClasses()
        .that()
        .resideInAnyPackage("io.millrace.event..", "io.millrace.step..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.worker..", "io.millrace.client..", "io.millrace.test..")
        .check(MAIN);
  }

  @Test
  void the_runtime_dependencies_are_the_listed_ones() throws Exception {
    assertThat(shipped("pom.xml"))
        .containsExactlyInAnyOrder(
            "millrace-schemas",
            "kafka-clients",
            "avro",
            "jackson-core",
            "jackson-databind",
            "jackson-datatype-jsr310",
            "slf4j-api");
    assertThat(shipped("../schemas/pom.xml"))
        .containsExactlyInAnyOrder("avro", "kafka-clients", "jackson-databind", "slf4j-api");
  }

  /** Artifact ids of this module's own dependencies that are not for tests. */
  private static List<String> shipped(String pom) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File(pom))
            .getDocumentElement();
    List<String> artifacts = new ArrayList<>();
    for (Element dependencies : children(project, "dependencies")) {
      for (Element dependency : children(dependencies, "dependency")) {
        boolean test =
            children(dependency, "scope").stream()
                .anyMatch(scope -> scope.getTextContent().strip().equals("test"));
        if (!test) {
          artifacts.add(children(dependency, "artifactId").get(0).getTextContent().strip());
        }
      }
    }
    return artifacts;
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
