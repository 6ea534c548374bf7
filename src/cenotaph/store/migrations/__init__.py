"""Migrations of a record, from its first table on."""
