# What the service ingest may read by itself: its own credentials.
path "secret/data/mediasaga/ingest" {
  capabilities = ["read"]
}
