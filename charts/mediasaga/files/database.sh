#!/bin/sh
# For each service an owning role, its schema, and two logins of which one is in use; see docs/kubernetes.md. What is there
# stays; the login that is in use gets the password that its Secret has. Credentials: /credentials/SERVICE/{username,password}.
set -eu
for folder in /credentials/*; do
  service=$(basename "$folder")
  role=$(printf %s "$service" | tr - _)
  login=$(cat "$folder/username")
  password=$(cat "$folder/password")
  case $login in
    "${role}_a" | "${role}_b") ;;
    *) echo "The Secret $service-credentials names the login '$login'; ${role}_a or ${role}_b are possible" >&2; exit 1 ;;
  esac
  psql -q -v ON_ERROR_STOP=1 -v database="$PGDATABASE" -v role="$role" -v login="$login" -v password="$password" -f /scripts/service.sql
  echo "$service: $login"
done
