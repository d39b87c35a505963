"""The public door: somebody without an account confirms an e-mail address and refers a young person."""
