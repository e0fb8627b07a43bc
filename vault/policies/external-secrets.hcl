# External Secrets: reads the credentials of every service, writes none.
path "secret/data/mediasaga/*" {
  capabilities = ["read"]
}
path "secret/metadata/mediasaga/*" {
  capabilities = ["read", "list"]
}
