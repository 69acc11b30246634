"""From a file's bytes to a protocol: composed within limits, converted, linked."""
