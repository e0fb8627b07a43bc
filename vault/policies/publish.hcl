# What the service publish may read by itself: its own credentials.
path "secret/data/mediasaga/publish" {
  capabilities = ["read"]
}
