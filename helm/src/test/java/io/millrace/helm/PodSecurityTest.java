package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PodSecurityTest {
  private final List<Pod> pods = Chart.render(Everything.ON).pods();

  @Test
  void no_process_is_root_or_may_become_it() {
    assertThat(pods)
        .hasSize(4)
        .allSatisfy(
            pod -> {
              assertThat(pod.at("securityContext.runAsNonRoot")).isEqualTo("true");
              assertThat(pod.at("securityContext.runAsUser")).isEqualTo("10001");
              assertThat(pod.at("securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
              JsonObject container = pod.container();
              assertThat(Json.text(container, "securityContext.allowPrivilegeEscalation"))
                  .isEqualTo("false");
              assertThat(Json.text(container, "securityContext.capabilities.drop.0"))
                  .isEqualTo("ALL");
            });
  }

  @Test
  void nothing_can_be_written_but_temporary_files_and_the_state_of_a_coordinator() {
    for (Pod pod : Chart.render(Chart.ONE_STEP).pods()) {
      assertThat(Json.text(pod.container(), "securityContext.readOnlyRootFilesystem"))
          .isEqualTo("true");
      List<String> writable =
          Json.list(pod.container(), "volumeMounts").stream()
              .filter(mount -> !Json.text(mount, "readOnly").equals("true"))
              .map(mount -> Json.text(mount, "mountPath"))
              .toList();
      assertThat(writable)
          .containsExactlyElementsOf(
              pod.name().endsWith("-coordinator")
                  ? List.of("/tmp", "/var/lib/millrace")
                  : List.of("/tmp"));
    }
  }

  @Test
  void no_process_gets_a_token_of_kubernetes() {
    assertThat(pods)
        .allSatisfy(pod -> assertThat(pod.at("automountServiceAccountToken")).isEqualTo("false"));
  }

  /** Else the Service millrace-coordinator would become the setting millrace.coordinator.port. */
  @Test
  void kubernetes_adds_no_variables_that_would_be_read_as_settings() {
    assertThat(pods).allSatisfy(pod -> assertThat(pod.at("enableServiceLinks")).isEqualTo("false"));
  }

  @Test
  void every_mount_has_a_volume() {
    for (Pod pod : pods) {
      List<String> volumes = new java.util.ArrayList<>(Json.texts(pod.spec(), "volumes", "name"));
      volumes.addAll(Json.texts(pod.owner(), "spec.volumeClaimTemplates", "metadata.name"));
      assertThat(volumes).containsExactlyInAnyOrderElementsOf(pod.mounts().keySet());
    }
  }
}
