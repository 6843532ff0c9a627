{{/* What values.schema.json cannot say: what goes together. Each message says what to do. */}}
{{- define "millrace.checks" -}}
{{- with .Values.coordinator -}}
{{- if .enabled -}}
{{- if and (gt (int .standbys) 0) (ge (int .standbys) (int .replicas)) -}}
{{- fail (printf "coordinator.standbys is %d, which needs %d replicas, one more than that; coordinator.replicas is %d" (int .standbys) (add1 .standbys) (int .replicas)) -}}
{{- end -}}
{{- if .http.enabled -}}
{{- include "millrace.checks.http" (dict "http" .http "config" (mustMergeOverwrite (deepCopy $.Values.config) .config)) -}}
{{- end -}}
{{- include "millrace.checks.process" (dict "root" $ "component" "coordinator" "spec" . "who" "the coordinator") -}}
{{- end -}}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled (not .Values.coordinator.http.enabled) -}}
{{- fail "serviceMonitor.enabled needs coordinator.http.enabled: there is no port to read metrics from" -}}
{{- end -}}
{{- $names := dict -}}
{{- range .Values.steps -}}
{{- $step := include "millrace.step" (dict "root" $ "step" .) | fromYaml -}}
{{- $who := printf "step %s of %s" $step.name $step.workflow -}}
{{- $name := include "millrace.step.name" (dict "root" $ "step" $step) -}}
{{- if hasKey $names $name -}}
{{- fail (printf "%s and %s would both be called %s; each entry of steps needs a name of its own (capitals and underscores do not count)" (get $names $name) $who $name) -}}
{{- end -}}
{{- $_ := set $names $name $who -}}
{{- include "millrace.checks.process" (dict "root" $ "component" "step" "spec" $step "who" $who) -}}
{{- include "millrace.checks.autoscaling" (dict "root" $ "step" $step "who" $who) -}}
{{- end -}}
{{- end -}}

{{/* Takes http, config. */}}
{{- define "millrace.checks.http" -}}
{{- if not (or .http.tokens.secret (get .config "millrace.http.oidc.issuer")) -}}
{{- fail "coordinator.http.enabled needs somebody who may call: name the Secret with tokens as coordinator.http.tokens.secret, or set millrace.http.oidc.issuer in config" -}}
{{- end -}}
{{- if and (eq .http.tls "on") (not .http.keystore.secret) -}}
{{- fail "coordinator.http.tls is on without coordinator.http.keystore.secret; name the Secret that has the key store, or say proxy if something in front keeps tokens from being read" -}}
{{- end -}}
{{- end -}}

{{/* Takes root, component, spec, who. */}}
{{- define "millrace.checks.process" -}}
{{- $who := .who -}}
{{- range $key, $value := mustMergeOverwrite (deepCopy .root.Values.config) .spec.config -}}
{{- if regexMatch "password|passphrase|secret|jaas|user\\.info|ssl\\.keystore\\.key$|http\\.tokens$" $key -}}
{{- fail (printf "config of %s has %s, and whoever may look at the pods would see that secret; name a Secret in kafka.tls, kafka.sasl, registry or coordinator.http instead, or take it from one in env" $who $key) -}}
{{- end -}}
{{- end -}}
{{- $kafka := include "millrace.kafka" . | fromYaml -}}
{{- if and (or $kafka.tls.truststore.secret $kafka.tls.keystore.secret) (not $kafka.tls.enabled) -}}
{{- fail (printf "kafka.tls of %s names a Secret and is not enabled, so all traffic with Kafka would be plain text; set kafka.tls.enabled, or take the Secret away" $who) -}}
{{- end -}}
{{- if and $kafka.sasl.secret (not $kafka.sasl.enabled) -}}
{{- fail (printf "kafka.sasl of %s names a Secret and is not enabled, so it would come without a login; set kafka.sasl.enabled, or take the Secret away" $who) -}}
{{- end -}}
{{- with .root.Values.registry -}}
{{- if and (or .tls.truststore.secret .tls.keystore.secret) (regexMatch "(^|, ?)http://" .url) -}}
{{- fail (printf "registry.tls names a Secret, and registry.url is not https but %s, so all traffic with the registry would be plain text; give its https URL, or take the Secret away" .url) -}}
{{- end -}}
{{- end -}}
{{- if $kafka.sasl.enabled -}}
{{- if not $kafka.sasl.secret -}}
{{- fail (printf "kafka.sasl of %s is enabled without a secret; name the Secret that has its user and password" $who) -}}
{{- end -}}
{{- if and (not $kafka.sasl.jaasKey) (not (has $kafka.sasl.mechanism (list "PLAIN" "SCRAM-SHA-256" "SCRAM-SHA-512"))) -}}
{{- fail (printf "kafka.sasl of %s: %s needs jaasKey, the key of a Secret with a whole JAAS line" $who $kafka.sasl.mechanism) -}}
{{- end -}}
{{- end -}}
{{- $seen := dict -}}
{{- range include "millrace.env" . | fromYamlArray -}}
{{- if hasKey $seen .name -}}
{{- fail (printf "%s of %s is set twice; config and env must not repeat what the chart sets from a value of its own (README.md has them)" .name $who) -}}
{{- end -}}
{{- $_ := set $seen .name true -}}
{{- end -}}
{{- end -}}

{{/* Takes root, step, who. */}}
{{- define "millrace.checks.autoscaling" -}}
{{- $scaling := .step.autoscaling -}}
{{- $taskSource := default (get .root.Values.config "millrace.task.source") .step.taskSource -}}
{{- if ne $scaling.kind "none" -}}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) -}}
{{- fail (printf "autoscaling of %s: minReplicas %d is more than maxReplicas %d" .who (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- if eq $scaling.kind "hpa" -}}
{{- if not (or $scaling.cpu $scaling.backlog $scaling.metrics) -}}
{{- fail (printf "autoscaling of %s: an hpa needs something to look at; set cpu, backlog or metrics" .who) -}}
{{- end -}}
{{- if and $scaling.cpu (not (dig "requests" "cpu" "" .step.resources)) -}}
{{- fail (printf "autoscaling of %s: cpu is per cent of resources.requests.cpu, which is not set" .who) -}}
{{- end -}}
{{- else if eq $scaling.kind "keda" -}}
{{- if not (or $scaling.lag $scaling.backlog $scaling.triggers) -}}
{{- fail (printf "autoscaling of %s: keda needs something to look at; set backlog, lag or triggers" .who) -}}
{{- end -}}
{{- if and $scaling.backlog (not $scaling.prometheus) -}}
{{- fail (printf "autoscaling of %s: KEDA asks Prometheus for the backlog; give its address as prometheus" .who) -}}
{{- end -}}
{{- if $scaling.lag -}}
{{- $kafka := include "millrace.kafka" (dict "root" .root "spec" .step) | fromYaml -}}
{{- if eq "share" (default "" $taskSource) -}}
{{- fail (printf "autoscaling of %s: a share group has no lag that KEDA could read; set lag to 0 and backlog or triggers instead, or take taskSource group" .who) -}}
{{- end -}}
{{- if and (or $kafka.sasl.enabled $kafka.tls.enabled) (not $scaling.authenticationRef) -}}
{{- fail (printf "autoscaling of %s: KEDA reads the lag from brokers that want TLS or SASL; name a TriggerAuthentication as authenticationRef" .who) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (ne $scaling.kind "none") $scaling.backlog .root.Values.coordinator.enabled (not .root.Values.coordinator.http.enabled) -}}
{{- fail (printf "autoscaling of %s: backlog needs coordinator.http.enabled, because coordinators show millrace_step_backlog there and nowhere else; switch it on, or scale by something else" .who) -}}
{{- end -}}
{{- end -}}
