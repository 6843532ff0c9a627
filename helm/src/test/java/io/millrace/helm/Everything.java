package io.millrace.helm;

/** Values that make the chart use each of its parts. */
final class Everything {
  static final String ON =
      """
      imagePullSecrets: [{name: pull}]
      kafka:
        bootstrapServers: "kafka-0:9093,kafka-1:9094"
        tls:
          enabled: true
          truststore: {secret: cluster-ca}
          keystore: {secret: app-user, keyPasswordKey: key.password}
        sasl: {enabled: true, secret: app-login}
      registry:
        url: https://registry.example.com/api
        tls: {truststore: {secret: registry-ca}, keystore: {secret: registry-user}}
        basicAuth: {secret: registry-login}
      config:
        millrace.run.retention.ms: 604800000
        millrace.workflows.check: false
        kafka.client.rack: a
      coordinator:
        antiAffinity: hard
        http: {enabled: true, keystore: {secret: http-tls}, tokens: {secret: http-tokens}}
        kafka: {sasl: {secret: coordinator-login}}
        config: {millrace.coordinator.threads: 3, millrace.http.max.readers: 50}
        state: {storageClass: fast}
        priorityClassName: high
        nodeSelector: {disk: ssd}
        tolerations: [{key: mill, operator: Exists}]
        podAnnotations: {note: text}
        podLabels: {team: millers}
      serviceMonitor:
        enabled: true
        labels: {release: prometheus}
        authorization: {secret: prometheus}
        tlsConfig: {serverName: coordinator}
      podMonitor: {enabled: true, labels: {release: prometheus}}
      alerts: {enabled: true, labels: {release: prometheus}}
      dashboard: {enabled: true, annotations: {folder: Mills}}
      networkPolicy:
        enabled: true
        httpFrom: [{namespaceSelector: {}}]
        metricsFrom: [{podSelector: {}}]
        kafka: {to: [{ipBlock: {cidr: 10.0.0.0/8}}]}
        stepEgress: [{ports: [{port: 443, protocol: TCP}]}]
      serviceAccount: {annotations: {role: mill}}
      stepDefaults:
        config: {millrace.lease.ms: 20000}
        topologySpreadConstraints:
          - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
      steps:
        - name: Grind_Fine
          workflow: mill
          mainClass: example.Grind
          concurrency: 4
          version: 3
          taskSource: group
          metricsPort: 9404
          env: [{name: COLOUR, value: white}]
          envFrom: [{secretRef: {name: model-key}}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
          volumeMounts: [{name: data, mountPath: /data}]
          probes: {liveness: {exec: {command: ["true"]}}}
          autoscaling:
            kind: hpa
            backlog: 12
            behavior: {scaleDown: {stabilizationWindowSeconds: 600}}
            metrics:
              - type: External
                external: {metric: {name: backlog}, target: {type: AverageValue, averageValue: "5"}}
        - name: sift
          workflow: mill
          command: [/run.sh]
          args: [fast]
          autoscaling:
            kind: keda
            backlog: 12
            prometheus: http://prometheus:9090
            authenticationRef: lag-reader
            behavior: {scaleDown: {stabilizationWindowSeconds: 600}}
            triggers: [{type: cpu, metricType: Utilization, metadata: {value: "70"}}]
        - {name: bag, workflow: mill, replicas: 3}
      """;

  private Everything() {}
}
