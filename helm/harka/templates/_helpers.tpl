{{- define "harka.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What never changes in the life of a release. Call: (dict "root" $ "component" "gateway") */}}
{{- define "harka.selector" -}}
app.kubernetes.io/name: harka
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "harka.labels" -}}
{{ include "harka.selector" . }}
app.kubernetes.io/part-of: harka
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "harka.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ default $.Chart.AppVersion .tag }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "harka.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "harka.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "harka.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "harka.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Variables from a Secret that exists. Call: (dict "secret" name "keys" list "optional" bool) */}}
{{- define "harka.secretEnv" -}}
{{- range .keys }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $.secret }}, key: {{ . }}, optional: {{ $.optional }} }
{{- end }}
{{- end -}}

{{/* The most replicas that a service may have. */}}
{{- define "harka.mostReplicas" -}}
{{- $scale := default dict .autoscaling -}}
{{- if $scale.enabled -}}{{ $scale.maxReplicas }}{{- else -}}{{ .replicas }}{{- end -}}
{{- end -}}

{{/* The fewest. */}}
{{- define "harka.leastReplicas" -}}
{{- $scale := default dict .autoscaling -}}
{{- if $scale.enabled -}}{{ $scale.minReplicas }}{{- else -}}{{ .replicas }}{{- end -}}
{{- end -}}

{{/* One rule of egress: ports, and networks where they are named. Call: { ports, cidrs } */}}
{{- define "harka.egress" -}}
- ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
  {{- with .cidrs }}
  to:
    {{- range . }}
    - ipBlock: { cidr: {{ . | quote }} }
    {{- end }}
  {{- end }}
{{- end -}}

{{/* The container that keeps an edge, up to its variables, which the caller may add to. */}}
{{- define "harka.edgeKeeper" -}}
{{- $keeper := .Values.haproxy.keeper -}}
image: {{ include "harka.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args: [dist/apps/haproxy/src/main.js]
resources: {{- toYaml $keeper.resources | nindent 2 }}
securityContext: {{- include "harka.containerSecurity" . | nindent 2 }}
volumeMounts:
  - { name: edge, mountPath: /run/harka-edge }
  {{- if $keeper.certificates }}
  - { name: domains, mountPath: /etc/harka/domains, readOnly: true }
  {{- end }}
env:
  - { name: HARKA_DIRECTORY_URL, value: {{ .Values.config.directoryUrl | quote }} }
  - { name: HARKA_BASE_DOMAIN, value: {{ .Values.baseDomain | quote }} }
  - { name: HARKA_EDGE_REPLICAS, value: {{ .Values.haproxy.replicas | quote }} }
  - { name: HARKA_EDGE_HOST_RATE, value: {{ .Values.haproxy.hostRate | quote }} }
  - { name: HARKA_INTERNAL_HOST, value: 0.0.0.0 }
  - { name: HARKA_METRICS_PORT, value: {{ .Values.defaults.internalPort | quote }} }
  - { name: HARKA_LOG_LEVEL, value: {{ .Values.config.logLevel }} }
  {{- if $keeper.certificates }}
  - { name: HARKA_EDGE_CERT_SOURCE, value: /etc/harka/domains }
  - { name: HARKA_EDGE_DOMAIN_CERTS, value: /run/harka-edge/domains }
  {{- end }}
  {{- include "harka.secretEnv" (dict "secret" $keeper.existingSecret "keys" $keeper.secretKeys "optional" false) | nindent 2 }}
{{- end -}}
