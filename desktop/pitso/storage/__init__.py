"""The workspace file: journal, tables, migrations, attachments."""
