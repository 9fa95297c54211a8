"""Text: from the characters of a source to blocks of a flat reading."""
