"""A record for people who look rather than type: pages served on this machine only (docs/serve.md)."""
