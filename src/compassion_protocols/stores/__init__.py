"""Where sessions rest between events: one contract, kept by each kind of store."""
