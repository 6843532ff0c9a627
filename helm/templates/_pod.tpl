{{/* What coordinators and workers have in common. All take root, spec, component, who. */}}
{{- define "millrace.pod.template" -}}
metadata:
  # Without versions: an upgrade of the chart that changes nothing for a process does not restart it.
  labels:
    {{- include "millrace.selector" . | nindent 4 }}
    app.kubernetes.io/part-of: millrace
    {{- with .spec.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- if or .root.Values.logging.enabled .spec.podAnnotations }}
  annotations:
    {{- if .root.Values.logging.enabled }}
    millrace.io/logging: {{ include "millrace.log4j2" .root | sha256sum }}
    {{- end }}
    {{- with .spec.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
spec:
  serviceAccountName: {{ include "millrace.serviceAccount" .root }}
  automountServiceAccountToken: false
  # Variables of a Service called millrace-... would be read as settings of ours.
  enableServiceLinks: false
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- toYaml .root.Values.podSecurityContext | nindent 4 }}
  terminationGracePeriodSeconds: {{ .grace }}
  {{- with .spec.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- range $field := list "nodeSelector" "tolerations" "topologySpreadConstraints" }}
  {{- with index $.spec $field }}
  {{ $field }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  containers:
    {{- include "millrace.container" . | nindent 4 }}
  volumes:
    {{- include "millrace.volumes" . | nindent 4 }}
{{- end -}}

{{- define "millrace.container" -}}
- name: {{ .component }}
  image: {{ include "millrace.image" (dict "root" .root "image" .spec.image "who" .who) | quote }}
  imagePullPolicy: {{ (mustMergeOverwrite (deepCopy .root.Values.image) .spec.image).pullPolicy }}
  {{- if .spec.command }}
  command:
    {{- toYaml .spec.command | nindent 4 }}
  {{- else if or .spec.mainClass .mainClass }}
  command: [java, -cp, {{ default .root.Values.classPath .spec.classPath | quote }}, {{ default .mainClass .spec.mainClass }}]
  {{- end }}
  {{- with .spec.args }}
  args:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  env:
    {{- include "millrace.env" . | trim | nindent 4 }}
  {{- with .spec.envFrom }}
  envFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .ports }}
  ports:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- range $kind, $probe := .probes }}
  {{ $kind }}Probe:
    {{- toYaml $probe | nindent 4 }}
  {{- end }}
  resources:
    {{- toYaml .spec.resources | nindent 4 }}
  securityContext:
    {{- toYaml .root.Values.securityContext | nindent 4 }}
  volumeMounts:
    {{- include "millrace.mounts" . | nindent 4 }}
{{- end -}}

{{/* The Secret with tokens of the HTTP API; empty: there is none. Takes spec, component. */}}
{{- define "millrace.tokens" -}}
{{- if include "millrace.servesHttp" . -}}{{ .spec.http.tokens.secret }}{{- end -}}
{{- end -}}

{{- define "millrace.mounts" -}}
# Native libraries are unpacked here; the rest of the file system is read-only.
- {name: tmp, mountPath: /tmp}
{{- if eq .component "coordinator" }}
- {name: state, mountPath: /var/lib/millrace}
{{- end }}
{{- if .root.Values.logging.enabled }}
- {name: logging, mountPath: /etc/millrace/logging, readOnly: true}
{{- end }}
{{- if include "millrace.tokens" . }}
- {name: http-tokens, mountPath: /etc/millrace/http-tokens, readOnly: true}
{{- end }}
{{- range include "millrace.stores" . | fromJsonArray }}
- {name: {{ .volume }}, mountPath: /etc/millrace/{{ .volume }}, readOnly: true}
{{- end }}
{{- with .spec.volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "millrace.volumes" -}}
- name: tmp
  emptyDir: {}
{{- if and (eq .component "coordinator") (not .spec.state.persistent) }}
- name: state
  emptyDir: {sizeLimit: {{ .spec.state.size }}}
{{- end }}
{{- if .root.Values.logging.enabled }}
- name: logging
  configMap: {name: {{ include "millrace.fullname" .root }}-logging}
{{- end }}
{{- with include "millrace.tokens" . }}
- name: http-tokens
  secret: {secretName: {{ . }}, defaultMode: 0440}
{{- end }}
{{- range include "millrace.stores" . | fromJsonArray }}
- name: {{ .volume }}
  secret: {secretName: {{ .store.secret }}, defaultMode: 0440}
{{- end }}
{{- with .spec.volumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "millrace.log4j2" -}}
<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN">
  <Appenders>
    <Console name="out" target="SYSTEM_OUT">
      <PatternLayout pattern="%d{ISO8601_OFFSET_DATE_TIME_HHCMM} %-5p [%t] %c{1} %m%notEmpty{ runId=%X{runId}}%notEmpty{ executionId=%X{executionId}}%notEmpty{ step=%X{step}}%notEmpty{ attempt=%X{attempt}}%notEmpty{ traceId=%X{traceId}}%n"/>
    </Console>
  </Appenders>
  <Loggers>
    <Logger name="org.apache.kafka" level="WARN"/>
    <Root level="{{ .Values.logging.level }}"><AppenderRef ref="out"/></Root>
  </Loggers>
</Configuration>
{{- end -}}
