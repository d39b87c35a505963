"""The ledger of one child; pointers and the questions put through them."""
