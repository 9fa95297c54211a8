"""From facts to quads, the store that keeps them, and typed answers about them."""
