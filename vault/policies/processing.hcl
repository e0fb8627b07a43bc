# What the service processing may read by itself: its own credentials.
path "secret/data/mediasaga/processing" {
  capabilities = ["read"]
}
