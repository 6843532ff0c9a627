package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which image a process has: that of the release, with what the process itself says over it. */
final class ImagesTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final String OTHER = "sha256:" + "b".repeat(64);
  private static final String RELEASE =
      "image: {repository: example/mills, tag: '7', digest: '" + DIGEST + "'}";

  @Test
  void a_digest_goes_before_the_tag_that_stands_beside_it() {
    Rendered rendered = Chart.render(RELEASE, Chart.ONE_STEP);

    assertThat(rendered.pods())
        .hasSize(2)
        .allSatisfy(pod -> assertThat(pod.image()).isEqualTo("example/mills@" + DIGEST));
  }

  @Test
  void a_process_with_a_tag_of_its_own_has_not_the_digest_of_another_image() {
    assertThat(coordinator("{repository: example/coordinator, tag: '8'}"))
        .isEqualTo("example/coordinator:8");
    assertThat(coordinator("{tag: '8'}")).isEqualTo("example/mills:8");
    assertThat(coordinator("{tag: '8', digest: '" + OTHER + "'}"))
        .isEqualTo("example/mills@" + OTHER);
    assertThat(step("{tag: '8'}", "{}")).isEqualTo("example/mills:8");
    assertThat(step("{digest: '" + OTHER + "'}", "{tag: '9'}")).isEqualTo("example/mills:9");
    assertThat(step("{repository: example/steps}", "{tag: '9'}")).isEqualTo("example/steps:9");
  }

  @Test
  void a_repository_of_its_own_wants_a_digest_or_a_tag_of_its_own_where_one_is_pinned() {
    assertThat(Chart.refusal(RELEASE, "coordinator: {image: {repository: example/coordinator}}"))
        .contains("the coordinator has image.repository example/coordinator of its own")
        .contains("give it a tag or a digest of its own");
    assertThat(Chart.refusal(RELEASE, of("{}", "{repository: example/grind}")))
        .contains("step grind of mill has image.repository example/grind of its own");
    assertThat(Chart.refusal(of("{digest: '" + DIGEST + "'}", "{repository: example/grind}")))
        .contains("step grind of mill has image.repository example/grind of its own");
  }

  @Test
  void the_same_repository_said_twice_keeps_its_digest() {
    assertThat(coordinator("{repository: example/mills}")).isEqualTo("example/mills@" + DIGEST);
    assertThat(step("{}", "{repository: example/mills, pullPolicy: Always}"))
        .isEqualTo("example/mills@" + DIGEST);
    assertThat(step("{digest: '" + OTHER + "'}", "{repository: example/mills}"))
        .isEqualTo("example/mills@" + OTHER);
  }

  @Test
  void a_tag_is_for_all_repositories_that_have_none_of_their_own() {
    Rendered rendered =
        Chart.render(
            "image: {repository: example/mills, tag: '7'}",
            "coordinator: {image: {repository: example/coordinator}}",
            of("{}", "{repository: example/grind}"));

    assertThat(rendered.coordinator().image()).isEqualTo("example/coordinator:7");
    assertThat(rendered.step("mill-grind").image()).isEqualTo("example/grind:7");
  }

  private static String coordinator(String image) {
    return Chart.render(RELEASE, "coordinator: {image: %s}".formatted(image)).coordinator().image();
  }

  private static String step(String defaults, String image) {
    return Chart.render(RELEASE, of(defaults, image)).step("mill-grind").image();
  }

  private static String of(String defaults, String image) {
    return "{stepDefaults: {image: %s}, steps: [{name: grind, workflow: mill, image: %s}]}"
        .formatted(defaults, image);
  }
}
