package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that make no sense are refused before anything is installed, with what to do. */
final class RefusalsTest {
  private static final String STEP = "{steps: [{name: grind, workflow: mill, %s}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image: {repository: ''}                   | there is no published one, so build one",
        "image: {tag: 7}                           | /image/tag",
        "image: {digest: abc}                      | /image/digest",
        "kafka: {bootstrapServers: ''}             | kafka.bootstrapServers is empty",
        "kafka: {bootstrapServers: kafka}          | /kafka/bootstrapServers",
        "kafka: {tls: {truststore: {type: DER}}}   | /kafka/tls/truststore/type",
        "kafka: {sasl: {enabled: true}}            | is enabled without a secret",
        "kafka: {sasl: {enabled: true, secret: s, mechanism: OAUTHBEARER}} | needs jaasKey",
        "kafka: {sasl: {mechanism: SCRAM}}         | /kafka/sasl/mechanism",
        "kafka: {sasl: {secret: s}}                | kafka.sasl of the coordinator names",
        "kafka: {tls: {truststore: {secret: s}}}   | set kafka.tls.enabled",
        "kafka: {tls: {keystore: {secret: s}}}     | would be plain text",
        "coordinator: {kafka: {sasl: {secret: s}}} | kafka.sasl of the coordinator names",
        "registry: {url: 'registry:8081'}          | /registry/url",
        "namespace: a.b                            | /namespace",
        "logging: {level: LOUD}                    | /logging/level",
        "coordinater: {replicas: 3}                | coordinater",
        "coordinator: {replica: 3}                 | replica",
        "coordinator: {replicas: three}            | /coordinator/replicas",
        "coordinator: {replicas: 1}                | coordinator.standbys is 1, which needs 2",
        "coordinator: {antiAffinity: strong}       | /coordinator/antiAffinity",
        "coordinator: {http: {port: 70000}}        | /coordinator/http/port",
        "coordinator: {http: {enabled: true}}      | needs somebody who may call",
        "coordinator: {http: {enabled: true, tokens: {secret: t}}} | http.keystore.secret",
        "coordinator: {http: {tls: maybe}}         | /coordinator/http/tls",
        "serviceMonitor: {path: metrics}           | /serviceMonitor/path",
        "podMonitor: {interval: often}             | /podMonitor/interval",
        "alerts: {rules: []}                       | rules",
        "dashboard: null                           | missing property 'dashboard'",
        "coordinator: {state: {size: big}}         | /coordinator/state/size",
        "serviceMonitor: {enabled: true}           | serviceMonitor.enabled needs coordinator.http",
        "serviceMonitor: null                      | missing property 'serviceMonitor'",
        "coordinator: {http: null}                 | missing property 'http'",
        "config: {millrace.lease: 5}               | millrace.lease",
        "config: {lease.ms: 5}                     | lease.ms",
        "config: {kafka.ssl.key.password: x}       | would see that secret",
        "config: {kafka.sasl.jaas.config: x}       | would see that secret",
        "config: {millrace.http.tokens: x}         | would see that secret",
        "config: {basic.auth.user.info: x}         | would see that secret",
        "config: {millrace.state.dir: /x}          | MILLRACE_STATE_DIR of the coordinator is set",
      })
  void values_of_a_release_are_refused(String values, String because) {
    assertThat(Chart.refusal(values)).contains(because);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: a.b                                | /steps/0/name",
        "name: ''                                 | /steps/0/name",
        "replicas: -1                             | /steps/0/replicas",
        "concurrency: many                        | /steps/0/concurrency",
        "taskSource: queue                        | /steps/0/taskSource",
        "concurency: 4                            | concurency",
        "kafka: {bootstrapServers: 'other:9092'}  | bootstrapServers",
        "image: {repository: ''}                  | step grind of mill has no image",
        "env: [{name: MILLRACE_NAMESPACE, value: x}] | MILLRACE_NAMESPACE of step grind of mill",
        "config: {millrace.drain.timeout.ms: 5}   | MILLRACE_DRAIN_TIMEOUT_MS of step grind",
        "autoscaling: {kind: magic}               | /steps/0/autoscaling/kind",
        "autoscaling: {kind: keda, minReplicas: 0} | /steps/0/autoscaling/minReplicas",
        "autoscaling: {kind: hpa, minReplicas: 9} | minReplicas 9 is more than maxReplicas 6",
        "autoscaling: {kind: hpa, cpu: 0}         | set cpu, backlog or metrics",
        "autoscaling: {kind: keda, lag: 0}        | set backlog, lag or triggers",
        "autoscaling: {kind: keda, backlog: 5}    | give its address as prometheus",
        "metricsPort: 70000                       | /steps/0/metricsPort",
        "autoscaling: {kind: hpa, backlog: 5}     | needs coordinator.http.enabled",
        "autoscaling: {kind: keda, backlog: 5, prometheus: 'http://p'} | coordinator.http.enabled",
        "autoscaling: {kind: keda}, taskSource: share | a share group has no lag",
        "autoscaling: {kind: keda}, kafka: {tls: {enabled: true}} | as authenticationRef",
      })
  void values_of_a_step_are_refused(String values, String because) {
    assertThat(Chart.refusal(STEP.formatted(values))).contains(because);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps: [{workflow: mill}]                  | name",
        "steps: [{name: grind}]                     | workflow",
        "steps: {name: grind, workflow: mill}       | /steps",
        "steps: [{name: a_b, workflow: m}, {name: A-b, workflow: m}] | would both be called",
        "{stepDefaults: {resources: {requests: {cpu: null}}, autoscaling: {kind: hpa}}, "
            + "steps: [{name: a, workflow: m}]} | resources.requests.cpu, which is not set",
        "{registry: {url: ''}, steps: [{name: a, workflow: m}]} | registry.url is empty",
        "{registry: {tls: {truststore: {secret: s}}}, steps: [{name: a, workflow: m}]} "
            + "| registry.url is not https",
        "{config: {millrace.task.source: share}, stepDefaults: {autoscaling: {kind: keda}}, "
            + "steps: [{name: a, workflow: m}]} | a share group has no lag",
      })
  void steps_are_refused(String values, String because) {
    assertThat(Chart.refusal(values)).contains(because);
  }

  @ParameterizedTest
  @CsvSource({"80, 80", "40, 40"})
  void a_name_that_kubernetes_does_not_admit_is_refused(int workflow, int step) {
    String values =
        "steps: [{workflow: %s, name: %s}]".formatted("m".repeat(workflow), "s".repeat(step));

    assertThat(Chart.refusal(values))
        .containsAnyOf("has more than 63 characters; use a shorter", "/steps/0/name");
  }
}
