"""Proof: chain, custody, bundle and the stand-alone verifier."""
