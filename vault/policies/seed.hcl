# The chart's first credentials, brought to Vault where it has none yet: may create, never change.
path "secret/data/mediasaga/*" {
  capabilities = ["create", "read"]
}
path "secret/metadata/mediasaga/*" {
  capabilities = ["create", "read"]
}
