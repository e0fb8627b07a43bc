# The chart's first credentials, brought to Vault where it has none yet (PushSecret with IfNotExists). External Secrets notes
# beside an entry that it is its own before it writes it, so that to Vault every first write is an update.
path "secret/data/mediasaga/*" {
  capabilities = ["create", "read", "update"]
}
path "secret/metadata/mediasaga/*" {
  capabilities = ["create", "read", "update"]
}
