# What the service media may read by itself: its own credentials.
path "secret/data/mediasaga/media" {
  capabilities = ["read"]
}
