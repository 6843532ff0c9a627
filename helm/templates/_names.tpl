{{/* What all objects of a release begin with. Short enough for the coordinator's: a StatefulSet's name has 52 characters at most. */}}
{{- define "millrace.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "millrace.coordinator" -}}
{{ include "millrace.fullname" . }}-coordinator
{{- end -}}

{{/* Of a step's objects: names of steps may have capitals and underscores, those of Kubernetes not. Takes root, step. */}}
{{- define "millrace.step.name" -}}
{{- $name := printf "%s-%s-%s" (include "millrace.fullname" .root) .step.workflow .step.name | lower | replace "_" "-" -}}
{{- if gt (len $name) 63 -}}
{{- fail (printf "step %s of %s would be called %s, which has more than 63 characters; use a shorter fullnameOverride" .step.name .step.workflow $name) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/* A step with its defaults. Takes root, step; gives YAML. */}}
{{- define "millrace.step" -}}
{{- $image := dict "under" .root.Values.stepDefaults.image "over" .step.image "repository" .root.Values.image.repository -}}
{{- $image = set $image "who" (printf "step %s of %s" .step.name .step.workflow) -}}
{{- $step := mustMergeOverwrite (deepCopy .root.Values.stepDefaults) .step -}}
{{- set $step "image" (include "millrace.image.over" $image | fromYaml) | toYaml -}}
{{- end -}}

{{- define "millrace.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "millrace.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* What pods are found by; never changes. Takes root, component, and for a step: step. */}}
{{- define "millrace.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- with .step }}
millrace.io/workflow: {{ .workflow | quote }}
millrace.io/step: {{ .name | quote }}
{{- end }}
{{- end -}}

{{- define "millrace.labels" -}}
{{ include "millrace.selector" . }}
app.kubernetes.io/part-of: millrace
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* One image over another. A digest is that of one image in one repository, so another tag or repository does not take it over. Takes under, repository
     (what under has if it does not say), over, who; gives YAML. */}}
{{- define "millrace.image.over" -}}
{{- $from := default (default "" .repository) .under.repository -}}
{{- $over := default dict .over -}}
{{- $image := mustMergeOverwrite (deepCopy .under) $over -}}
{{- if and .under.digest (not (hasKey $over "digest")) -}}
{{- if $over.tag -}}
{{- $image = set $image "digest" "" -}}
{{- else if ne $from (default $from $over.repository) -}}
{{- fail (printf "%s has image.repository %s of its own, and the digest that it would take over is of an image in %s; give it a tag or a digest of its own" .who $over.repository (default "no repository" $from)) -}}
{{- end -}}
{{- end -}}
{{- $image | toYaml -}}
{{- end -}}

{{/* Takes root, image (over the release's), who. */}}
{{- define "millrace.image" -}}
{{- $image := include "millrace.image.over" (dict "under" .root.Values.image "over" .image "who" .who) | fromYaml -}}
{{- if not $image.repository -}}
{{- fail (printf "%s has no image: there is no published one, so build one (README.md says how) and name it as image.repository" .who) -}}
{{- end -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ default .root.Chart.AppVersion $image.tag }}
{{- end -}}
{{- end -}}
