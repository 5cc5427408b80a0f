"""The only room that knows SQL: tables, engine, writer, reader, history, migrations."""
