"""What regulators demand by when, computed from rule packs: data and instants in, data out."""
