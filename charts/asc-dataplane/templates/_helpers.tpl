{{- define "asc-dataplane.name" -}}
{{- $name := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) -}}
{{- printf "%s-%s" ($name | trunc 30 | trimSuffix "-") (required "region: say where these nodes process, e.g. --set region=eu" .Values.region) | trunc 52 | trimSuffix "-" -}}
{{- end }}

{{- define "asc-dataplane.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
asc/region: {{ .Values.region | quote }}
{{- end }}

{{- define "asc-dataplane.labels" -}}
{{ include "asc-dataplane.selector" . }}
app.kubernetes.io/part-of: asc
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "asc-dataplane.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- /* The port of the control plane's address. */}}
{{- define "asc-dataplane.controlPlanePort" -}}
{{ regexFind ":[0-9]+/?$" .Values.controlPlane.address | trimPrefix ":" | trimSuffix "/" | default "443" }}
{{- end }}
