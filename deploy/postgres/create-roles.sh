#!/bin/sh
# Runs once, in a new database volume: a role that owns the tables and migrates, and one that serves requests and
# owns nothing, so that row-level security holds for it without exception.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner_password="$TENANTRY_OWNER_PASSWORD" --set app_password="$TENANTRY_APP_PASSWORD" <<'SQL'
CREATE ROLE tenantry_app NOLOGIN;
CREATE ROLE tenantry LOGIN PASSWORD :'app_password' IN ROLE tenantry_app;
CREATE ROLE tenantry_owner LOGIN PASSWORD :'owner_password';
CREATE DATABASE tenantry OWNER tenantry_owner;
SQL
