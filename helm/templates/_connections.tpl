{{/* Whether it is a coordinator that serves HTTP; empty: it is not. Takes spec, component. */}}
{{- define "millrace.servesHttp" -}}
{{- if eq .component "coordinator" -}}{{- if .spec.http.enabled -}}yes{{- end -}}{{- end -}}
{{- end -}}

{{/* Events are read and written by steps, and by coordinators that serve HTTP. Takes spec, component. */}}
{{- define "millrace.needsRegistry" -}}
{{- if or (eq .component "step") (include "millrace.servesHttp" .) -}}yes{{- end -}}
{{- end -}}

{{/* Kafka as one process sees it. Takes root, spec (its kafka goes over the release's); gives YAML. */}}
{{- define "millrace.kafka" -}}
{{- mustMergeOverwrite (deepCopy .root.Values.kafka) (default dict .spec.kafka) | toYaml -}}
{{- end -}}

{{/* The key stores and trust stores that a process reads, each a Secret that is mounted. Takes root, spec, component; gives JSON. */}}
{{- define "millrace.stores" -}}
{{- $kafka := include "millrace.kafka" . | fromYaml -}}
{{- $stores := list -}}
{{- if $kafka.tls.enabled -}}
{{- $stores = append $stores (dict "volume" "kafka-truststore" "prefix" "kafka.ssl." "kind" "truststore" "store" $kafka.tls.truststore) -}}
{{- $stores = append $stores (dict "volume" "kafka-keystore" "prefix" "kafka.ssl." "kind" "keystore" "store" $kafka.tls.keystore) -}}
{{- end -}}
{{- if include "millrace.servesHttp" . -}}
{{- if eq .spec.http.tls "on" -}}
{{- $stores = append $stores (dict "volume" "http-keystore" "prefix" "http.ssl." "kind" "keystore" "store" .spec.http.keystore) -}}
{{- end -}}
{{- end -}}
{{- if include "millrace.needsRegistry" . -}}
{{- $tls := .root.Values.registry.tls -}}
{{- $stores = append $stores (dict "volume" "registry-truststore" "prefix" "schema.registry.ssl." "kind" "truststore" "store" $tls.truststore) -}}
{{- $stores = append $stores (dict "volume" "registry-keystore" "prefix" "schema.registry.ssl." "kind" "keystore" "store" $tls.keystore) -}}
{{- end -}}
{{- $used := list -}}
{{- range $stores -}}
{{- if .store.secret -}}{{- $used = append $used . -}}{{- end -}}
{{- end -}}
{{- $used | toJson -}}
{{- end -}}

{{/* Variables that say where Kafka is and how to get in. Takes root, spec, component. */}}
{{- define "millrace.env.kafka" -}}
{{- $kafka := include "millrace.kafka" . | fromYaml -}}
{{- $sasl := $kafka.sasl -}}
{{- if and $sasl.enabled (not $sasl.jaasKey) }}
- name: KAFKA_SASL_USERNAME
  {{- include "millrace.secret" (list $sasl.secret $sasl.usernameKey) | nindent 2 }}
- name: KAFKA_SASL_PASSWORD
  {{- include "millrace.secret" (list $sasl.secret $sasl.passwordKey) | nindent 2 }}
{{- end }}
- name: MILLRACE_BOOTSTRAP_SERVERS
  value: {{ required "kafka.bootstrapServers is empty; give the brokers as host:port,host:port" $kafka.bootstrapServers | quote }}
{{- if or $kafka.tls.enabled $sasl.enabled }}
- name: MILLRACE_KAFKA_SECURITY_PROTOCOL
  value: {{ ternary "SASL_" "" $sasl.enabled }}{{ ternary "SSL" "PLAINTEXT" $kafka.tls.enabled }}
{{- end }}
{{- if $sasl.enabled }}
- name: MILLRACE_KAFKA_SASL_MECHANISM
  value: {{ $sasl.mechanism }}
- name: MILLRACE_KAFKA_SASL_JAAS_CONFIG
  {{- if $sasl.jaasKey }}
  {{- include "millrace.secret" (list $sasl.secret $sasl.jaasKey) | nindent 2 }}
  {{- else }}
  value: {{ include "millrace.jaas" $sasl | quote }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Kubernetes puts the two variables in. */}}
{{- define "millrace.jaas" -}}
{{- $module := ternary "plain.PlainLoginModule" "scram.ScramLoginModule" (eq .mechanism "PLAIN") -}}
org.apache.kafka.common.security.{{ $module }} required username="$(KAFKA_SASL_USERNAME)" password="$(KAFKA_SASL_PASSWORD)";
{{- end -}}

{{/* As above, of the schema registry. */}}
{{- define "millrace.env.registry" -}}
{{- $auth := .root.Values.registry.basicAuth -}}
{{- if and $auth.secret (not $auth.userInfoKey) }}
- name: REGISTRY_USERNAME
  {{- include "millrace.secret" (list $auth.secret $auth.usernameKey) | nindent 2 }}
- name: REGISTRY_PASSWORD
  {{- include "millrace.secret" (list $auth.secret $auth.passwordKey) | nindent 2 }}
{{- end }}
- name: MILLRACE_SCHEMA_REGISTRY_URL
  value: {{ required "registry.url is empty, and steps and the HTTP API need a schema registry; give its URL" .root.Values.registry.url | quote }}
{{- if $auth.secret }}
- name: MILLRACE_BASIC_AUTH_USER_INFO
  {{- if $auth.userInfoKey }}
  {{- include "millrace.secret" (list $auth.secret $auth.userInfoKey) | nindent 2 }}
  {{- else }}
  value: $(REGISTRY_USERNAME):$(REGISTRY_PASSWORD)
  {{- end }}
{{- end }}
{{- end -}}

{{/* Variables that say where the stores are. Takes root, spec, component. */}}
{{- define "millrace.env.stores" -}}
{{- range include "millrace.stores" . | fromJsonArray }}
{{- $prefix := include "millrace.variable" (printf "%s%s" .prefix .kind) }}
- name: {{ $prefix }}_LOCATION
  value: /etc/millrace/{{ .volume }}/{{ .store.key }}
- name: {{ $prefix }}_TYPE
  value: {{ .store.type }}
{{- if .store.passwordKey }}
- name: {{ $prefix }}_PASSWORD
  {{- include "millrace.secret" (list .store.secret .store.passwordKey) | nindent 2 }}
{{- end }}
{{- if and (eq .kind "keystore") .store.keyPasswordKey }}
- name: {{ include "millrace.variable" (printf "%skey.password" .prefix) }}
  {{- include "millrace.secret" (list .store.secret .store.keyPasswordKey) | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Takes a list of secret and key. */}}
{{- define "millrace.secret" -}}
valueFrom:
  secretKeyRef:
    name: {{ index . 0 }}
    key: {{ index . 1 }}
{{- end -}}
