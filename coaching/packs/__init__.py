"""The packs: one YAML file each, read by `coaching.pack`."""
