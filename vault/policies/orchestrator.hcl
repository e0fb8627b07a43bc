# What the service orchestrator may read by itself: its own credentials.
path "secret/data/mediasaga/orchestrator" {
  capabilities = ["read"]
}
