"""呼叫帮助: from every page and back to it (R8.1)."""
