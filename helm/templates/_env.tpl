{{/* The variable of a configuration key, as MillraceConfig reads it. */}}
{{- define "millrace.variable" -}}
MILLRACE_{{ trimPrefix "millrace." . | upper | replace "." "_" }}
{{- end -}}

{{/* A setting as text. Helm reads whole numbers as floating point, and 604800000 would become 6.048e+08. */}}
{{- define "millrace.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{ printf "%.0f" . }}
{{- else -}}
{{ toString . }}
{{- end -}}
{{- end -}}

{{/* All variables of a process. Takes root, spec (coordinator or step with its defaults), component, who. */}}
{{- define "millrace.env" -}}
{{- include "millrace.env.kafka" . }}
{{- if include "millrace.needsRegistry" . }}
{{- include "millrace.env.registry" . }}
{{- end }}
{{- include "millrace.env.stores" . }}
- name: MILLRACE_NAMESPACE
  value: {{ .root.Values.namespace | quote }}
{{- include (printf "millrace.env.%s" .component) .spec }}
{{- range $key, $value := mustMergeOverwrite (deepCopy .root.Values.config) .spec.config }}
- name: {{ include "millrace.variable" $key }}
  value: {{ include "millrace.text" $value | quote }}
{{- end }}
{{- with .spec.javaOptions }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- if .root.Values.logging.enabled }}
- name: LOG4J_CONFIGURATION_FILE
  value: /etc/millrace/logging/log4j2.xml
{{- end }}
{{- with .spec.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Takes the coordinator's values. */}}
{{- define "millrace.env.coordinator" }}
- name: MILLRACE_STATE_DIR
  value: /var/lib/millrace
- name: MILLRACE_COORDINATOR_STANDBYS
  value: {{ .standbys | quote }}
{{- with .http }}
{{- if .enabled }}
- name: MILLRACE_HTTP_PORT
  value: {{ .port | quote }}
- name: MILLRACE_HTTP_HOST
  value: 0.0.0.0
- name: MILLRACE_HTTP_TLS
  value: {{ .tls | quote }}
{{- if .tokens.secret }}
- name: MILLRACE_HTTP_TOKENS_FILE
  value: /etc/millrace/http-tokens/{{ .tokens.key }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Takes a step with its defaults. */}}
{{- define "millrace.env.step" }}
- name: MILLRACE_DRAIN_TIMEOUT_MS
  value: {{ mul .drainSeconds 1000 | quote }}
{{- if .metricsPort }}
- name: MILLRACE_METRICS_PORT
  value: {{ include "millrace.text" .metricsPort | quote }}
- name: MILLRACE_METRICS_HOST
  value: 0.0.0.0
{{- end }}
{{- with .concurrency }}
- name: MILLRACE_CONCURRENCY
  value: {{ include "millrace.text" . | quote }}
{{- end }}
{{- with .taskSource }}
- name: MILLRACE_TASK_SOURCE
  value: {{ . }}
{{- end }}
{{- with .version }}
- name: MILLRACE_VERSION
  value: {{ include "millrace.text" . | quote }}
{{- end }}
{{- end -}}
