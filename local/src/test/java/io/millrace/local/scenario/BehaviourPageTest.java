package io.millrace.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page of behaviours says is so. */
class BehaviourPageTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path PAGE = PROJECT.resolve(Path.of("docs", "behaviour.md"));
  private static final String WRITE =
      "./mvnw -q -Dquick -pl local -am test -Dtest=BehaviourPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dbehaviour.write=true";

  private final BehaviourPage page =
      new BehaviourPage(Behaviour.all(), ScenariosTest.ALL, NamedTest.of(PROJECT));

  @Test
  void the_page_is_what_its_sources_say() throws IOException {
    String text = page.text(WRITE);
    if (Boolean.getBoolean("behaviour.write")) {
      Files.writeString(PAGE, text);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/behaviour.md is not of today; write it with%n%s", WRITE)
        .isEqualTo(text);
  }

  @Test
  void every_scenario_and_test_is_of_a_behaviour_that_there_is() {
    List<String> ids = page.behaviours().stream().map(Behaviour::id).toList();
    Stream<String> scenarios = page.scenarios().stream().map(Scenario::name).map(NamedTest::id);
    Stream<String> tests = page.tests().stream().map(NamedTest::id);

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(Stream.concat(scenarios, tests).distinct()).isSubsetOf(ids);
  }

  @Test
  void no_two_scenarios_have_one_name() {
    assertThat(page.scenarios().stream().map(Scenario::name)).doesNotHaveDuplicates();
  }

  @Test
  void every_behaviour_has_a_scenario_or_a_reason_why_it_can_have_none() {
    assertThat(page.behaviours())
        .filteredOn(behaviour -> behaviour.noScenario().isEmpty() && !behaviour.isLaw())
        .allSatisfy(
            behaviour -> assertThat(page.scenariosOf(behaviour)).as(behaviour.id()).isNotEmpty());
  }

  @Test
  void a_behaviour_that_no_scenario_can_show_is_shown_by_a_test() {
    List<Behaviour> elsewhere =
        page.behaviours().stream()
            .filter(behaviour -> behaviour.noScenario().isPresent() || behaviour.isLaw())
            .toList();

    assertThat(elsewhere)
        .allSatisfy(behaviour -> assertThat(page.testsOf(behaviour)).isNotEmpty())
        .as("the reason is out of date")
        .allSatisfy(behaviour -> assertThat(page.scenariosOf(behaviour)).isEmpty());
  }
}
