# What the service quota may read by itself: its own credentials.
path "secret/data/mediasaga/quota" {
  capabilities = ["read"]
}
