{{/* The name of an object of this release: {{ include "mediasaga.name" (list . "kafka") }} */}}
{{- define "mediasaga.name" -}}
{{- $root := index . 0 -}}
{{- $release := $root.Release.Name | trunc 40 | trimSuffix "-" -}}
{{- $base := ternary $release (printf "%s-mediasaga" $release) (contains "mediasaga" $release) -}}
{{- printf "%s-%s" $base (index . 1) -}}
{{- end }}

{{- define "mediasaga.labels" -}}
{{- $root := index . 0 -}}
{{ include "mediasaga.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/part-of: mediasaga
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "mediasaga.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
{{- end }}

{{- define "mediasaga.image" -}}
{{- $root := index . 0 -}}
{{- printf "%s/%s:%s" $root.Values.images.repository (index . 1) ($root.Values.images.tag | default $root.Chart.AppVersion) -}}
{{- end }}

{{- define "mediasaga.pullSecrets" -}}
{{- with .Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* What every pod is held to; the argument is its user. */}}
{{- define "mediasaga.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "mediasaga.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* A password that is made once: what the Secret has already, else a random one. (list . secret key) */}}
{{- define "mediasaga.password" -}}
{{- $root := index . 0 -}}
{{- $secret := lookup "v1" "Secret" $root.Release.Namespace (index . 1) -}}
{{- $kept := dig "data" (index . 2) "" ($secret | default dict) -}}
{{- if $kept }}{{ $kept | b64dec }}{{ else }}{{ randAlphaNum 32 }}{{ end }}
{{- end }}

{{- define "mediasaga.postgresUrl" -}}
{{- if .Values.database.url }}{{ .Values.database.url -}}
{{- else if .Values.infrastructure.enabled -}}
jdbc:postgresql://{{ include "mediasaga.name" (list . "postgresql") }}.{{ .Release.Namespace }}.svc:5432/{{ .Values.database.name }}
{{- else }}{{ fail "database.url is empty and infrastructure.enabled is false: name your PostgreSQL, as in jdbc:postgresql://db.example:5432/mediasaga" }}
{{- end }}
{{- end }}

{{- define "mediasaga.kafka" -}}
{{- if .Values.kafka.bootstrapServers }}{{ .Values.kafka.bootstrapServers -}}
{{- else if .Values.infrastructure.enabled -}}
{{ include "mediasaga.name" (list . "kafka") }}.{{ .Release.Namespace }}.svc:9092
{{- else }}{{ fail "kafka.bootstrapServers is empty and infrastructure.enabled is false: name your brokers, as in mediasaga-kafka-bootstrap.kafka.svc:9093" }}
{{- end }}
{{- end }}

{{- define "mediasaga.redis" -}}
{{- if .Values.redis.host }}{{ .Values.redis.host -}}
{{- else if .Values.infrastructure.enabled -}}
{{ include "mediasaga.name" (list . "redis") }}.{{ .Release.Namespace }}.svc
{{- end }}
{{- end }}

{{- define "mediasaga.apiTokenSecret" -}}
{{ .Values.apiToken.existingSecret | default "mediasaga-api-token" }}
{{- end }}

{{- define "mediasaga.claim" -}}
{{ .Values.storage.existingClaim | default "mediasaga-media" }}
{{- end }}

{{/* One for the whole rendering, although it is random: kept beside the values. */}}
{{- define "mediasaga.redisPassword" -}}
{{- if not (hasKey .Values "redisPasswordOfThisRendering") -}}
{{- $_ := set .Values "redisPasswordOfThisRendering" (include "mediasaga.password" (list . (include "mediasaga.name" (list . "servers")) "redis-password")) -}}
{{- end -}}
{{ .Values.redisPasswordOfThisRendering }}
{{- end }}

{{/* Where the console finds the participants. */}}
{{- define "mediasaga.console" -}}
{{- $console := dict "services" .Values.console.services -}}
{{- with .Values.console.uploads }}{{ $_ := set $console "uploads" . }}{{ end -}}
{{- dict "mediasaga" (dict "console" $console) | toJson -}}
{{- end }}

{{/* Environment variables of every service: what the values say of access, and .Values.env, which goes before. */}}
{{- define "mediasaga.env" -}}
{{- $env := dict -}}
{{- with .Values.auth -}}
{{- if .issuer -}}
{{- $_ := set $env "MEDIASAGA_AUTH_ISSUER" .issuer -}}
{{- $_ := set $env "MEDIASAGA_AUTH_AUDIENCE" .audience -}}
{{- $_ := set $env "MEDIASAGA_AUTH_ROLESCLAIM" .rolesClaim -}}
{{- $_ := set $env "MEDIASAGA_AUTH_NAMECLAIM" .nameClaim -}}
{{- $_ := set $env "MEDIASAGA_AUTH_OWNERSCLAIM" .ownersClaim -}}
{{- $_ := set $env "MEDIASAGA_AUTH_VIEWER" (join "," .roles.viewer) -}}
{{- $_ := set $env "MEDIASAGA_AUTH_OPERATOR" (join "," .roles.operator) -}}
{{- $_ := set $env "MEDIASAGA_AUTH_UPLOADER" (join "," .roles.uploader) -}}
{{- if .jwksUri }}{{ $_ := set $env "MEDIASAGA_AUTH_JWKSURI" .jwksUri }}{{ end -}}
{{- if .clientId }}{{ $_ := set $env "MEDIASAGA_AUTH_CLIENTID" .clientId }}{{ end -}}
{{- end -}}
{{- end -}}
{{- with .Values.limits -}}
{{- if ne (int .startsPerMinute) 120 }}{{ $_ := set $env "MEDIASAGA_LIMITS_STARTSPERMINUTE" (int .startsPerMinute | toString) }}{{ end -}}
{{- if ne (int .uploadsPerMinute) 240 }}{{ $_ := set $env "MEDIASAGA_LIMITS_UPLOADSPERMINUTE" (int .uploadsPerMinute | toString) }}{{ end -}}
{{- end -}}
{{- range $key, $value := .Values.env }}{{ $_ := set $env $key ($value | toString) }}{{ end -}}
{{- toYaml $env -}}
{{- end }}
