{{/* A map with its keys in brackets, as Spring wants them where they have other characters than letters and hyphens. */}}
{{- define "mediasaga.bracketed" -}}
{{- $all := dict -}}
{{- range $key, $value := . }}{{ $_ := set $all (printf "[%s]" $key) ($value | toString) }}{{ end -}}
{{- toYaml $all -}}
{{- end }}

{{/* The operator's settings, as docs/operator.md names them. */}}
{{- define "mediasaga.operatorSettings" -}}
{{- $settings := dict
  "namespaces" .Values.operator.watchNamespaces
  "leader-election" (dict "enabled" true "lease" (include "mediasaga.name" (list . "operator")))
  "orchestrator" (dict
    "url" (printf "http://%s.%s.svc:8080" (include "mediasaga.name" (list . "orchestrator")) .Release.Namespace)
    "token-file" "/etc/mediasaga-token/token")
  "deletion-deadline" .Values.operator.deletionDeadline
  "images" (dict
    "pattern" (include "mediasaga.image" (list . "{participant}"))
    "overrides" (include "mediasaga.bracketed" .Values.participantImages | fromYaml)
    "pull-policy" .Values.images.pullPolicy
    "pull-secrets" .Values.images.pullSecrets)
  "postgres" (dict "url" (include "mediasaga.postgresUrl" .))
  "redis" (dict "host" (include "mediasaga.redis" .) "port" .Values.redis.port)
  "api-token" (dict "secret" (include "mediasaga.apiTokenSecret" .) "key" "token")
  "storage" (dict "type" .Values.storage.type "claim" (include "mediasaga.claim" .) "s3" (dict
    "endpoint" .Values.storage.s3.endpoint
    "region" .Values.storage.s3.region
    "bucket" .Values.storage.s3.bucket
    "prefix" .Values.storage.s3.prefix
    "path-style" .Values.storage.s3.pathStyle
    "secret" .Values.storage.s3.secret
    "identity" (include "mediasaga.bracketed" .Values.storage.s3.identity | fromYaml)))
  "pods" (dict "resources" .Values.participants.resources)
  "env" (include "mediasaga.bracketed" (include "mediasaga.env" . | fromYaml) | fromYaml)
  "network-policies" .Values.networkPolicies
  "ingress" (dict
    "enabled" .Values.ingress.enabled
    "class-name" .Values.ingress.className
    "host" .Values.ingress.host
    "tls-secret" .Values.ingress.tlsSecret
    "annotations" (include "mediasaga.bracketed" .Values.ingress.annotations | fromYaml))
-}}
{{- $all := mustMergeOverwrite $settings (deepCopy .Values.operator.settings) -}}
{{- dict "mediasaga" (dict "operator" $all) | toYaml -}}
{{- end }}
