# Whoever runs vault/rotate: new versions of the credentials, no deletion.
path "secret/data/mediasaga/*" {
  capabilities = ["create", "read", "update", "patch"]
}
path "secret/metadata/mediasaga/*" {
  capabilities = ["read", "list"]
}
