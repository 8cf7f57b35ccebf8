"""The center's records: tables, migrations, encryption and files. No rules."""
