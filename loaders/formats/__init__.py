"""The file formats that can be read: one module a format."""
