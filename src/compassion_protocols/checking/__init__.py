"""The proofs over a whole protocol: one walk gathers facts, small questions are asked of them."""
