"""The narrow door to the provincial platform: messages with national field names, an outbox, and one way out, as files. Nothing is pretended."""
